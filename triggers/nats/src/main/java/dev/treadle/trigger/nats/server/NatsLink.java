package dev.treadle.trigger.nats.server;

import io.nats.client.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node's line to NATS: finds or fetches the managed server and keeps it running, or goes to a
 * server elsewhere, and holds the one connection that all share. It never stands in the way of the
 * node: everything happens on a thread of its own, and what does not work is told by {@link
 * #state}. Threads may share it; started once, closed once.
 */
public final class NatsLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NatsLink.class.getName());

    private final NatsSettings settings;
    private final Path folder;
    private final Consumer<String> notices;
    private final NatsConnection connection;
    private final Thread thread = Thread.ofVirtual().name("nats-link").unstarted(this::run);
    private final List<Consumer<Connection>> listeners = new ArrayList<>();
    private volatile @Nullable ManagedNatsServer server;
    private volatile String detail = "looking for nats-server";
    private volatile boolean connecting;
    private volatile boolean unavailable;

    /**
     * Makes one; nothing happens yet.
     *
     * @param folder for what a managed server keeps
     * @param notices takes a line for people at each step that takes time or needs to be known
     */
    public NatsLink(
            NatsSettings settings, Path folder, Consumer<String> notices, InstantSource clock) {
        this.settings = settings;
        this.folder = folder;
        this.notices = notices;
        this.connection = new NatsConnection(notices, clock);
    }

    /**
     * Asks to be told of each new connection; to be called before the start. The client itself
     * brings subscriptions back after a lost connection, without a new one.
     */
    public void onConnected(Consumer<Connection> listener) {
        listeners.add(listener);
    }

    /** Begins; returns at once. */
    public void start() {
        thread.start();
    }

    /** The connection, once there was one. It may be reconnecting at the moment. */
    public Optional<Connection> connection() {
        return connection.current();
    }

    /** How it fares now. */
    public NatsState state() {
        Optional<ManagedNatsServer> managed = Optional.ofNullable(server);
        Optional<ServerVersion> version =
                connection
                        .current()
                        .flatMap(made -> ServerVersion.parse(made.getServerInfo().getVersion()));
        return new NatsState(
                mode(),
                phase(),
                text(managed),
                url(managed),
                version,
                version.map(this::durability),
                connection.since(),
                connection.reconnects(),
                managed.map(ManagedNatsServer::restarts).orElse(0L),
                connection.isStopping(),
                version.map(this::warnings).orElse(List.of()));
    }

    /** Closes the connection and stops the managed server. */
    @Override
    public void close() {
        try {
            connection.close();
            thread.interrupt();
            if (thread.getState() != Thread.State.NEW) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ManagedNatsServer managed = server;
        if (managed != null) {
            managed.close();
        }
    }

    private void run() {
        try {
            switch (settings.source()) {
                case NatsSettings.Off _ -> {}
                case NatsSettings.External(List<String> urls) -> {
                    stayConnected(urls, settings.access());
                }
                case NatsSettings.Managed managed -> {
                    ManagedNatsServer child = startServer(managed);
                    stayConnected(List.of(child.url()), child.access());
                }
            }
        } catch (IOException e) {
            unavailable = true;
            detail = String.valueOf(e.getMessage());
            notices.accept("NATS is not available: " + detail);
        } catch (InterruptedException e) {
            detail = "stopped";
        }
    }

    private ManagedNatsServer startServer(NatsSettings.Managed managed)
            throws IOException, InterruptedException {
        Optional<NatsBinary> found =
                NatsBinary.find()
                        .filter(binary -> obstacle(managed.durability(), binary).isEmpty());
        if (found.isEmpty()) {
            detail = "fetching nats-server";
        }
        NatsBinary binary = found.isPresent() ? found.get() : BinaryFetch.usual(notices).fetch();
        Optional<String> obstacle = obstacle(managed.durability(), binary);
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        ManagedNatsServer child = new ManagedNatsServer(binary, folder, managed, notices);
        server = child;
        child.start();
        child.awaitReady();
        return child;
    }

    /** Why a program cannot keep events as safe as it shall; empty when it can. */
    static Optional<String> obstacle(Durability wanted, NatsBinary binary) {
        return wanted == Durability.FSYNC
                ? ServerFeature.FSYNC
                        .obstacle(binary.version())
                        .map(
                                text ->
                                        "%s (%s); put a newer one on the PATH, or take --nats-durability interval"
                                                .formatted(text, binary.path()))
                : Optional.empty();
    }

    private void stayConnected(List<String> urls, NatsSettings.Access access)
            throws InterruptedException {
        connecting = true;
        while (true) {
            Connection made = connection.connect(urls, access, settings.tls());
            notices.accept(NatsText.line(state()));
            state().warnings().forEach(warning -> notices.accept("warning: " + warning));
            listeners.forEach(listener -> tell(listener, made));
            connection.awaitClosed();
        }
    }

    /** One listener's failure is not the others'. */
    private static void tell(Consumer<Connection> listener, Connection made) {
        try {
            listener.accept(made);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "NATS is connected, but a part did not start", e);
        }
    }

    private String mode() {
        return switch (settings.source()) {
            case NatsSettings.Managed _ -> "managed";
            case NatsSettings.External _ -> "external";
            case NatsSettings.Off _ -> "off";
        };
    }

    private NatsState.Phase phase() {
        if (settings.source() instanceof NatsSettings.Off) {
            return NatsState.Phase.OFF;
        }
        if (unavailable) {
            return NatsState.Phase.UNAVAILABLE;
        }
        if (connection.isConnected()) {
            return NatsState.Phase.CONNECTED;
        }
        return connection.since().isEmpty()
                ? NatsState.Phase.STARTING
                : NatsState.Phase.RECONNECTING;
    }

    private String text(Optional<ManagedNatsServer> managed) {
        return switch (phase()) {
            case OFF -> "off, as configured: NATS triggers do not run";
            case UNAVAILABLE -> detail;
            case CONNECTED -> connection.detail();
            case STARTING, RECONNECTING ->
                    managed.filter(child -> !child.isRunning())
                            .map(ManagedNatsServer::detail)
                            .orElse(connecting ? connection.detail() : detail);
        };
    }

    private Optional<String> url(Optional<ManagedNatsServer> managed) {
        return switch (settings.source()) {
            case NatsSettings.Managed _ ->
                    managed.filter(_ -> connection.since().isPresent()).map(ManagedNatsServer::url);
            case NatsSettings.External(List<String> urls) ->
                    Optional.of(
                            urls.stream()
                                    .map(NatsText::withoutPassword)
                                    .collect(Collectors.joining(",")));
            case NatsSettings.Off _ -> Optional.empty();
        };
    }

    private String durability(ServerVersion version) {
        return settings.source() instanceof NatsSettings.Managed managed
                ? managed.durability().inForce(version)
                : "as that server is configured";
    }

    private List<String> warnings(ServerVersion version) {
        List<String> warnings = new ArrayList<>();
        if (!version.missing().isEmpty()) {
            warnings.add(
                    "nats-server %s is older than %d.%d; missing: %s"
                            .formatted(
                                    version,
                                    ServerVersion.WANTED.major(),
                                    ServerVersion.WANTED.minor(),
                                    String.join(", ", version.missing())));
        }
        return warnings;
    }
}
