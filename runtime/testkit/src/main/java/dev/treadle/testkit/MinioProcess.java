package dev.treadle.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    private static final Duration STARTING = Duration.ofSeconds(90);

    private final String url;
    private final ServerProcess process;

    private MinioProcess(String url, ServerProcess process) {
        this.url = url;
        this.process = process;
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
        Minio minio = new Minio(program.orElseThrow(), folder, FreePort.next());
        return new MinioProcess(minio.url(), ServerProcess.start("minio", minio, STARTING));
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

    private record Minio(Path program, Path folder, int port) implements ServerProcess.Server {
        String url() {
            return "http://127.0.0.1:" + port;
        }

        @Override
        public Process launch() throws IOException {
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

        @Override
        public Path log() {
            return folder.resolve("minio-%d.log".formatted(port));
        }

        @Override
        public boolean answers() {
            // its "ready" says so before its store is there, too
            return ServerProcess.answers(url() + "/minio/health/cluster");
        }
    }

    public String url() {
        return url;
    }

    /** As {@code kill -9}; returns when it is gone. */
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
