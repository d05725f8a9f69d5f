package dev.treadle.trigger.nats;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.treadle.testkit.Eventually;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A real nats-server with JetStream on a free port, and connections to it. */
final class RealServer implements AutoCloseable {
    private final Path program;
    private final Path store;
    private final int port;
    private Process process;

    private RealServer(Path program, Path store, int port) throws IOException {
        this.program = program;
        this.store = store;
        this.port = port;
        this.process = launch();
    }

    /** Starts one; skips the test where there is none. */
    static RealServer start(Path store) throws IOException {
        Optional<Path> program = find();
        assumeTrue(program.isPresent(), "skipped: there is no nats-server on this machine");
        RealServer server = new RealServer(program.orElseThrow(), store, freePort());
        server.awaitListening();
        return server;
    }

    private static Optional<Path> find() {
        Path own = Path.of(System.getProperty("user.home"), ".treadle", "bin");
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of),
                        Stream.of(own))
                .map(folder -> folder.resolve("nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        "-js",
                        "-a",
                        "127.0.0.1",
                        "-p",
                        "" + port,
                        "-sd",
                        "" + store)
                .redirectErrorStream(true)
                .redirectOutput(store.resolve("log").toFile())
                .start();
    }

    private void awaitListening() {
        Eventually.holds(
                () -> {
                    try (Socket _ = new Socket("127.0.0.1", port)) {
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    /** As {@code kill -9} and a new start. */
    void killAndRestart() throws Exception {
        kill();
        process = launch();
        awaitListening();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    Connection connect() throws IOException, InterruptedException {
        return Nats.connect(
                new Options.Builder()
                        .server("nats://127.0.0.1:" + port)
                        .maxReconnects(-1)
                        .reconnectWait(Duration.ofMillis(50))
                        .errorListener(new ErrorListener() {})
                        .build());
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
