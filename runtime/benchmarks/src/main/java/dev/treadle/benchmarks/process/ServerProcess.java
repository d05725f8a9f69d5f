package dev.treadle.benchmarks.process;

import dev.treadle.benchmarks.load.Caller;
import dev.treadle.benchmarks.load.Requests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final int port;
    private final long startedNanos = System.nanoTime();

    /**
     * Starts a server.
     *
     * @param output takes what it prints
     * @param port where it will listen
     */
    public ServerProcess(
            List<String> command, Map<String, String> environment, Path output, int port)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        this.process = builder.start();
        this.output = output;
        this.port = port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until a path is answered with 200 and returns the time since the process began. */
    public Duration awaitOk(String path) throws IOException {
        byte[] request = Requests.get(path);
        while (System.nanoTime() - startedNanos < PATIENCE.toNanos()) {
            try (Caller caller = new Caller(port)) {
                if (caller.call(request) == 200) {
                    return Duration.ofNanos(System.nanoTime() - startedNanos);
                }
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("the server ended: " + Files.readString(output), e);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        throw new IOException(path + " was never answered with 200: " + Files.readString(output));
    }

    /** What of it is in memory, in KiB. */
    public long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The processor time that its threads have had; those that ended meanwhile are not counted. */
    public long processorNanos() throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc/" + pid() + "/task"))) {
            for (Path thread : threads) {
                nanos += processorNanos(thread);
            }
        }
        return nanos;
    }

    private static long processorNanos(Path thread) throws IOException {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
        } catch (NoSuchFileException e) {
            return 0; // it ended just now
        }
    }

    /** Sends a diagnostic command to its JVM. */
    public String jcmd(Path javaHome, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(javaHome.resolve("bin/jcmd").toString(), Long.toString(pid()));
        builder.command().addAll(List.of(command));
        return new String(
                builder.redirectErrorStream(true).start().getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
    }

    /** Asks it to stop, waits, and makes sure. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
