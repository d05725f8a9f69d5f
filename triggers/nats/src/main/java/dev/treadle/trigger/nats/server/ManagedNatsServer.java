package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A nats-server with JetStream that lives as a child of this process: started, started again when
 * it ends, and stopped by {@link #close}. Its port stays the same from the first time that it was
 * ready. Threads may share it.
 */
public final class ManagedNatsServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ManagedNatsServer.class.getName());
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final String name =
            "treadle-"
                    + HexFormat.of()
                            .toHexDigits(ThreadLocalRandom.current().nextLong())
                            .substring(8);
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread supervisor =
            Thread.ofVirtual().name("nats-server-supervisor").unstarted(this::supervise);
    private final NatsBinary binary;
    private final ServerFolder folder;
    private final NatsSettings.Managed settings;
    private final int usualPort;
    private final Consumer<String> notices;
    private volatile String detail = "not started";
    private volatile int port;
    private volatile boolean running;
    private final AtomicLong restarts = new AtomicLong();

    /**
     * Makes one; nothing runs yet.
     *
     * @param folder for all that it keeps
     * @param notices takes a line for people at what they may want to know
     */
    public ManagedNatsServer(
            NatsBinary binary,
            Path folder,
            NatsSettings.Managed settings,
            Consumer<String> notices) {
        this(binary, folder, settings, NatsSettings.PORT, notices);
    }

    ManagedNatsServer(
            NatsBinary binary,
            Path folder,
            NatsSettings.Managed settings,
            int usualPort,
            Consumer<String> notices) {
        this.binary = binary;
        this.folder = new ServerFolder(folder);
        this.settings = settings;
        this.usualPort = usualPort;
        this.notices = notices;
    }

    /** Begins to start it, and to watch over it. */
    public void start() {
        supervisor.start();
    }

    /** Waits until it was ready for the first time. */
    public void awaitReady() throws InterruptedException {
        ready.await();
    }

    /** Where it listens; to be asked once it was ready. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** How its node gets in. */
    public NatsSettings.Access access() throws IOException {
        return settings.password()
                ? new NatsSettings.UserPassword(ServerFolder.USER, folder.password())
                : new NatsSettings.Anonymous();
    }

    /** How it fares, in a few words. */
    public String detail() {
        return detail;
    }

    boolean isRunning() {
        return running;
    }

    /** How often it was started again. */
    public long restarts() {
        return restarts.get();
    }

    /** Stops it. */
    @Override
    public void close() {
        supervisor.interrupt();
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        Duration pause = PAUSE_MIN;
        try {
            while (true) {
                long began = System.nanoTime();
                String reason = runOnce();
                detail = "restarting: " + reason;
                LOG.log(System.Logger.Level.WARNING, "{0}; starting it again", reason);
                boolean steady = System.nanoTime() - began > STEADY.toNanos();
                pause = steady ? PAUSE_MIN : pause;
                Thread.sleep(pause);
                pause = shorter(pause.multipliedBy(2), PAUSE_MAX);
                restarts.incrementAndGet();
            }
        } catch (InterruptedException e) {
            detail = "stopped";
        }
    }

    /** From its start to its end; the reason why it ended, or did not start. */
    private String runOnce() throws InterruptedException {
        try {
            folder.create();
            StaleServer.stop(folder)
                    .ifPresent(
                            pid ->
                                    notices.accept(
                                            "stopped the nats-server of a node that was killed"
                                                    + " (process %d)".formatted(pid)));
            int chosen = choosePort();
            folder.writeConfig(config(chosen).text());
            detail = "nats-server %s starts".formatted(binary.version());
            return run(chosen);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String run(int chosen) throws IOException, InterruptedException {
        ServerProcess process = ServerProcess.start(binary, folder);
        try {
            process.awaitReady(chosen, name);
            port = chosen;
            detail = "nats-server %s runs".formatted(binary.version());
            folder.writeUrl(urlWithPassword());
            running = true;
            ready.countDown();
            return process.awaitEnd();
        } finally {
            running = false;
            boolean told = Thread.interrupted();
            process.stop();
            folder.removeUrl();
            if (told) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int choosePort() throws IOException {
        int wanted = ready.getCount() == 0 ? port : settings.port().orElse(usualPort);
        if (wanted != 0 && LocalPort.isFree(wanted)) {
            return wanted;
        }
        if (wanted != 0 && (settings.port().isPresent() || ready.getCount() == 0)) {
            throw new IOException("port %d is in use by something else".formatted(wanted));
        }
        int free = LocalPort.freePort();
        if (wanted != 0) {
            notices.accept(
                    "port %d is in use by something else: taking %d; --nats-port names another"
                            .formatted(wanted, free));
        }
        return free;
    }

    private ServerConfig config(int chosen) throws IOException {
        return new ServerConfig(
                name,
                chosen,
                settings.password() ? Optional.of(folder.password()) : Optional.empty(),
                folder.store(),
                folder.log(),
                settings.durability(),
                binary.version());
    }

    private String urlWithPassword() throws IOException {
        return settings.password()
                ? "nats://%s:%s@127.0.0.1:%d".formatted(ServerFolder.USER, folder.password(), port)
                : url();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
