package dev.treadle.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real nats-server with JetStream, as a process of its own on a free port of the loopback
 * address. It can be killed, and started again on what it had stored. For one thread at a time.
 */
public final class NatsProcess implements AutoCloseable {
    private static final int WAIT_MILLIS = 2_000;
    private static final int PORTS_TRIED = 5;

    private final Path program;
    private final Path folder;
    private final int port;
    private final String more;
    private Process process;

    private NatsProcess(Path program, Path folder, int port, String more) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.more = more;
        this.process = launch();
    }

    /** Starts one that keeps its store in the folder; skips the test where there is none. */
    public static NatsProcess start(NatsRelease release, Path folder) throws IOException {
        return start(release.require(), folder, "");
    }

    /** Starts this program on a free port, with more lines of configuration. */
    public static NatsProcess start(Path program, Path folder, String more) throws IOException {
        for (int tried = 1; ; tried++) {
            NatsProcess server = new NatsProcess(program, folder, freePort(), more);
            server.awaitAnswer();
            if (server.isAlive()) {
                return server;
            }
            if (tried == PORTS_TRIED) {
                throw new IOException("nats-server ended: " + Files.readString(server.log()));
            }
        }
    }

    /** Starts this program on a port that was free a moment ago. */
    public static NatsProcess start(Path program, Path folder, int port, String more)
            throws IOException {
        NatsProcess server = new NatsProcess(program, folder, port, more);
        server.awaitAnswer();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        Files.writeString(
                config(),
                """
                server_name: "%s"
                listen: "127.0.0.1:%d"
                jetstream { store_dir: "%s" }
                %s
                """
                        .formatted(name(), port, folder.resolve("store"), more));
        return new ProcessBuilder(program.toString(), "-c", config().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void awaitAnswer() {
        try {
            Eventually.holds(() -> answers() || !process.isAlive());
        } catch (AssertionError e) {
            kill(); // nobody else knows of it yet
            throw e;
        }
    }

    /** Each server introduces itself in its first line. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAIT_MILLIS);
            socket.setSoTimeout(WAIT_MILLIS);
            String first =
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine();
            return first != null && first.contains("\"server_name\":\"" + name() + '"');
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private String name() {
        return "test-" + port;
    }

    /** The configuration that it runs with. */
    public Path config() {
        return folder.resolve("nats-%d.conf".formatted(port));
    }

    private Path log() {
        return folder.resolve("nats-%d.log".formatted(port));
    }

    public int port() {
        return port;
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; returns when it is gone. What it had confirmed is on its disk. */
    public void kill() {
        var _ = process.destroyForcibly().onExit().join();
    }

    /** Starts it again on its port and its store; returns when it answers. */
    public void startAgain() throws IOException {
        process = launch();
        awaitAnswer();
        if (!isAlive()) {
            throw new IOException("nats-server ended: " + Files.readString(log()));
        }
    }

    @Override
    public void close() {
        kill();
    }
}
