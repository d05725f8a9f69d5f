package dev.treadle.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real nats-server with JetStream, as a process of its own on a free port of the loopback
 * address. It can be killed, and started again on what it had stored. For one thread at a time.
 */
public final class NatsProcess implements AutoCloseable {
    private static final int WAIT_MILLIS = 2_000;
    private static final Duration STARTING = Duration.ofSeconds(60);

    private final Nats nats;
    private final ServerProcess process;

    private NatsProcess(Nats nats, ServerProcess process) {
        this.nats = nats;
        this.process = process;
    }

    /** Starts one that keeps its store in the folder; skips the test where there is none. */
    public static NatsProcess start(NatsRelease release, Path folder) throws IOException {
        return start(release.require(), folder, "");
    }

    /** Starts this program on a free port, with more lines of configuration. */
    public static NatsProcess start(Path program, Path folder, String more) throws IOException {
        Nats nats = new Nats(program, folder, FreePort.next(), more);
        return new NatsProcess(nats, ServerProcess.start("nats-server", nats, STARTING));
    }

    private record Nats(Path program, Path folder, int port, String more)
            implements ServerProcess.Server {
        @Override
        public Process launch() throws IOException {
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

        Path config() {
            return folder.resolve("nats-%d.conf".formatted(port));
        }

        @Override
        public Path log() {
            return folder.resolve("nats-%d.log".formatted(port));
        }

        private String name() {
            return "test-" + port;
        }

        /** Each server introduces itself in its first line. */
        @Override
        public boolean answers() {
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
    }

    /** The configuration that it runs with. */
    public Path config() {
        return nats.config();
    }

    public int port() {
        return nats.port();
    }

    public String url() {
        return "nats://127.0.0.1:" + port();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}; returns when it is gone. What it had confirmed is on its disk. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on its port and its store; returns when it answers. */
    public void startAgain() throws IOException {
        process.startAgain();
    }

    @Override
    public void close() {
        kill();
    }
}
