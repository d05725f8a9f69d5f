package dev.treadle.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real OpenSearch as a process of its own on free ports of the loopback address. It can be
 * killed, frozen, and started again. For one thread at a time.
 */
public final class OpenSearchProcess implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(180);

    private final String url;
    private final ServerProcess process;

    private OpenSearchProcess(String url, ServerProcess process) {
        this.url = url;
        this.process = process;
    }

    /** Starts one that keeps its data in the folder; skips the test where there are no jars. */
    public static OpenSearchProcess start(Path folder) throws IOException {
        if (!isThere()) {
            NatsRelease.missing(
                    "an OpenSearch (its jars in ~/.treadle/opensearch/lib, where .ci/run puts them)");
        }
        OpenSearch server = new OpenSearch(folder, FreePort.next(), FreePort.next());
        return new OpenSearchProcess(
                server.url(), ServerProcess.start("opensearch", server, STARTING));
    }

    /** Whether this machine has one. */
    public static boolean isThere() {
        return Files.isDirectory(libraries());
    }

    private static Path libraries() {
        return Path.of(System.getProperty("user.home"), ".treadle", "opensearch", "lib");
    }

    private record OpenSearch(Path folder, int port, int transportPort)
            implements ServerProcess.Server {
        String url() {
            return "http://127.0.0.1:" + port;
        }

        @Override
        public Process launch() throws IOException {
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-Dlog4j2.configurationFile="
                                    + ServerProcess.copy("opensearch-log4j2.properties", folder),
                            "-cp",
                            libraries() + "/*",
                            ServerProcess.copy("OpenSearchServer.java", folder).toString(),
                            folder.resolve("opensearch").toString(),
                            "" + port,
                            "" + transportPort)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        }

        @Override
        public Path log() {
            return folder.resolve("opensearch-%d.log".formatted(port));
        }

        /** With all that it had before a restart. */
        @Override
        public boolean answers() {
            return ServerProcess.answers(
                    url() + "/_cluster/health?wait_for_status=yellow&timeout=1s");
        }
    }

    public String url() {
        return url;
    }

    /** As {@code kill -9}; returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on its ports and its data; returns when it answers. */
    public void startAgain() throws IOException {
        process.startAgain();
    }

    /** Has it stop in the middle of everything: it takes connections and answers nothing. */
    public void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    /** The opposite of {@link #freeze}. */
    public void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    @Override
    public void close() {
        kill();
    }
}
