package dev.treadle.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Cassandra of one node, as a process of its own on free ports of the loopback address and
 * on a JDK 17, which it needs. It can be killed, frozen, and started again; what it has
 * acknowledged it has then. For one thread at a time.
 */
public final class CassandraProcess implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(180);
    private final int port;
    private final ServerProcess process;

    private CassandraProcess(int port, ServerProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Starts one that keeps its data in the folder; skips the test where it cannot be had. */
    public static CassandraProcess start(Path folder) throws IOException {
        return start(folder, "");
    }

    /**
     * As {@link #start(Path)}.
     *
     * @param more lines for its cassandra.yaml
     */
    public static CassandraProcess start(Path folder, String more) throws IOException {
        Optional<Path> java = java17();
        if (!isThere()) {
            NatsRelease.missing(
                    "a Cassandra (its jars in ~/.treadle/cassandra/lib, where .ci/run puts them, and a JDK 17 in CASSANDRA_JAVA_HOME or /usr/lib/jvm)");
        }
        int port = FreePort.next();
        Path own = Files.createDirectories(folder.resolve("cassandra-" + port));
        Cassandra server = new Cassandra(java.orElseThrow(), own);
        Files.writeString(server.config(), settings(port, FreePort.next()) + more);
        return new CassandraProcess(port, ServerProcess.start("cassandra", server, STARTING));
    }

    /** Whether it can be had on this machine. */
    public static boolean isThere() throws IOException {
        return Files.isDirectory(libraries()) && java17().isPresent();
    }

    private static Path libraries() {
        return Path.of(System.getProperty("user.home"), ".treadle", "cassandra", "lib");
    }

    private static Optional<Path> java17() throws IOException {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("CASSANDRA_JAVA_HOME"))
                .ifPresent(home -> homes.add(Path.of(home)));
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> all = Files.list(installed)) {
                all.filter(home -> home.getFileName().toString().matches(".*\\b17\\b.*"))
                        .sorted()
                        .forEach(homes::add);
            }
        }
        return homes.stream()
                .map(home -> home.resolve("bin").resolve("java"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String settings(int port, int storagePort) {
        return """
        cluster_name: test
        num_tokens: 1
        initial_token: "0"
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        endpoint_snitch: SimpleSnitch
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "127.0.0.1:%d"
        listen_address: 127.0.0.1
        storage_port: %d
        rpc_address: 127.0.0.1
        native_transport_port: %d
        commitlog_sync: batch
        auto_snapshot: false
        hinted_handoff_enabled: false
        """
                .formatted(storagePort, storagePort, port);
    }

    private static Path jamm() throws IOException {
        try (Stream<Path> all = Files.list(libraries())) {
            return all.filter(each -> each.getFileName().toString().startsWith("jamm-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static final class Cassandra implements ServerProcess.Server {
        private static final String READY = "Startup complete";

        private final Path java;
        private final Path folder;
        private int starts;

        Cassandra(Path java, Path folder) {
            this.java = java;
            this.folder = folder;
        }

        @Override
        public Process launch() throws IOException {
            starts++;
            return new ProcessBuilder(
                            java.toString(),
                            "@" + ServerProcess.copy("cassandra-jvm.args", folder),
                            "-javaagent:" + jamm(),
                            "-Dcassandra.config=" + config().toUri(),
                            "-Dcassandra.storagedir=" + folder.resolve("data"),
                            "-Dlogback.configurationFile="
                                    + ServerProcess.copy("cassandra-logback.xml", folder),
                            "-cp",
                            libraries() + "/*",
                            "org.apache.cassandra.service.CassandraDaemon")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        }

        Path config() {
            return folder.resolve("cassandra.yaml");
        }

        /** One for each start, for it says when it is ready. */
        @Override
        public Path log() {
            return folder.resolve("cassandra-%d.log".formatted(starts));
        }

        @Override
        public boolean answers() {
            try {
                return Files.readString(log()).contains(READY);
            } catch (IOException e) {
                return false; // not yet
            }
        }
    }

    /** Of the protocol that drivers speak. */
    public int port() {
        return port;
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
