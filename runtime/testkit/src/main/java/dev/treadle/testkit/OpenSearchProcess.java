package dev.treadle.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * A real OpenSearch as a process of its own on free ports of the loopback address. It can be
 * killed, frozen, and started again. For one thread at a time.
 */
public final class OpenSearchProcess implements AutoCloseable {
    private static final int WAIT_MILLIS = 2_000;
    private static final Duration STARTING = Duration.ofSeconds(90);

    private final Path folder;
    private final int port;
    private final int transportPort;
    private Process process;

    private OpenSearchProcess(Path folder, int port, int transportPort) throws IOException {
        this.folder = folder;
        this.port = port;
        this.transportPort = transportPort;
        this.process = launch();
    }

    /** Starts one that keeps its data in the folder; skips the test where there are no jars. */
    public static OpenSearchProcess start(Path folder) throws IOException {
        if (!isThere()) {
            NatsRelease.missing(
                    "an OpenSearch (its jars in ~/.treadle/opensearch/lib, where .ci/run puts them)");
        }
        OpenSearchProcess server =
                new OpenSearchProcess(folder, RedisProcess.freePort(), RedisProcess.freePort());
        server.awaitAnswer();
        return server;
    }

    /** Whether this machine has one. */
    public static boolean isThere() {
        return Files.isDirectory(libraries());
    }

    private static Path libraries() {
        return Path.of(System.getProperty("user.home"), ".treadle", "opensearch", "lib");
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dlog4j2.configurationFile=" + copy("opensearch-log4j2.properties"),
                        "-cp",
                        libraries() + "/*",
                        copy("OpenSearchServer.java").toString(),
                        folder.resolve("opensearch").toString(),
                        "" + port,
                        "" + transportPort)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path copy(String resource) throws IOException {
        Path copy = folder.resolve(resource);
        try (InputStream in = OpenSearchProcess.class.getResourceAsStream(resource)) {
            Files.write(copy, Objects.requireNonNull(in, resource).readAllBytes());
        }
        return copy;
    }

    private void awaitAnswer() throws IOException {
        try {
            Eventually.holds(STARTING, () -> answers() || !process.isAlive());
        } catch (AssertionError e) {
            kill(); // nobody else knows of it yet
            throw e;
        }
        if (!process.isAlive()) {
            throw new IOException("opensearch ended: " + Files.readString(log()));
        }
    }

    /** With all that it had before a restart. */
    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            URI.create(url() + "/_cluster/health?wait_for_status=yellow&timeout=1s")
                                    .toURL()
                                    .openConnection();
            connection.setConnectTimeout(WAIT_MILLIS);
            connection.setReadTimeout(WAIT_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private Path log() {
        return folder.resolve("opensearch-%d.log".formatted(port));
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        var _ = process.destroyForcibly().onExit().join();
    }

    /** Starts it again on its ports and its data; returns when it answers. */
    public void startAgain() throws IOException {
        process = launch();
        awaitAnswer();
    }

    /** Has it stop in the middle of everything: it takes connections and answers nothing. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** The opposite of {@link #freeze}. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    @Override
    public void close() {
        kill();
    }
}
