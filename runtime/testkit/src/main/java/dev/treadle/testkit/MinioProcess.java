package dev.treadle.testkit;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MinIO, an S3 server, as a process of its own on a free port of the loopback address. For
 * one thread at a time.
 */
public final class MinioProcess implements AutoCloseable {
    public static final String ACCESS_KEY = "treadle";
    public static final String SECRET_KEY = "treadle-secret";

    private static final int WAIT_MILLIS = 2_000;

    private final Path program;
    private final Path folder;
    private final int port;
    private Process process;

    private MinioProcess(Path program, Path folder, int port) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts one that keeps its store in the folder. Skips the test where there is no program, in
     * CI too: no package has one, and to build it takes longer than all tests.
     */
    public static MinioProcess start(Path folder) throws IOException {
        Optional<Path> program = find();
        if (program.isEmpty()) {
            Assumptions.abort(
                    "skipped: there is no minio (on the PATH or in ~/.treadle/bin); go install github.com/minio/minio@latest makes one");
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int free = socket.getLocalPort();
            socket.close();
            MinioProcess server = new MinioProcess(program.orElseThrow(), folder, free);
            server.awaitAnswer();
            return server;
        }
    }

    /** Whether this machine has one. */
    public static boolean isThere() {
        return find().isPresent();
    }

    private static Optional<Path> find() {
        String home = System.getProperty("user.home");
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of(home + "/.treadle/bin", home + "/go/bin"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "minio"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Process launch() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        program.toString(),
                        "server",
                        "--quiet",
                        "--address",
                        "127.0.0.1:" + port,
                        folder.resolve("store").toString());
        builder.environment().put("MINIO_ROOT_USER", ACCESS_KEY);
        builder.environment().put("MINIO_ROOT_PASSWORD", SECRET_KEY);
        builder.environment().put("HOME", folder.toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private void awaitAnswer() throws IOException {
        try {
            Eventually.holds(() -> answers() || !process.isAlive());
        } catch (AssertionError e) {
            kill(); // nobody else knows of it yet
            throw e;
        }
        if (!process.isAlive()) {
            throw new IOException("minio ended: " + Files.readString(log()));
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            URI.create(url() + "/minio/health/ready").toURL().openConnection();
            connection.setConnectTimeout(WAIT_MILLIS);
            connection.setReadTimeout(WAIT_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private Path log() {
        return folder.resolve("minio-%d.log".formatted(port));
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        var _ = process.destroyForcibly().onExit().join();
    }

    /** Starts it again on its port and its store; returns when it answers. */
    public void startAgain() throws IOException {
        process = launch();
        awaitAnswer();
    }

    @Override
    public void close() {
        kill();
    }
}
