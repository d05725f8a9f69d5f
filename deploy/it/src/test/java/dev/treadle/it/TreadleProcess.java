package dev.treadle.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node as a user runs it: the packed distribution's {@code bin/treadle up} as a process of its
 * own, on free ports, without NATS unless an option says otherwise. For one test thread.
 */
final class TreadleProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final Duration STOP_MAX = Duration.ofMinutes(2);

    private final Distribution distribution;
    private final Path data;
    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CountDownLatch readyOrEnded = new CountDownLatch(1);

    private TreadleProcess(Distribution distribution, Path data, Process process) {
        this.distribution = distribution;
        this.data = data;
        this.process = process;
        Thread.ofVirtual().name("output of the node").start(this::readOutput);
    }

    /** Starts a node and waits until it serves. */
    static TreadleProcess up(Distribution distribution, String... options) throws Exception {
        TreadleProcess node = launch(distribution, options);
        if (!node.readyOrEnded.await(START_MAX.toSeconds(), TimeUnit.SECONDS)
                || !node.process.isAlive()) {
            node.process.destroyForcibly();
            throw new IllegalStateException("the node did not get ready:\n" + node.output);
        }
        return node;
    }

    /** Starts a node whatever becomes of it. */
    static TreadleProcess launch(Distribution distribution, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("up", "--data", ".treadle", "--http", "0", "--admin", "0"));
        command.addAll(List.of("--nats", "off"));
        command.addAll(List.of(options));
        ProcessBuilder builder = distribution.command(command).redirectErrorStream(true);
        return new TreadleProcess(
                distribution, distribution.folder().resolve(".treadle"), builder.start());
    }

    /** What the node has printed so far. */
    String output() {
        return output.toString();
    }

    /** Where functions answer, with this path. */
    URI http(String path) {
        return URI.create(address("httpUrl") + path);
    }

    /** Where the admin API answers, with this path. */
    URI admin(String path) {
        return URI.create(address("adminUrl") + path);
    }

    /** Runs a verb of the command line against this node. */
    Finished run(String... words) throws Exception {
        return distribution.run(words);
    }

    /** Asks the node to stop, as a service manager does. */
    void terminate() {
        process.destroy();
    }

    /** Ends the node as a power cut does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits until the process has ended; its exit status. */
    int waitFor() throws InterruptedException {
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the node still runs:\n" + output);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    private String address(String key) {
        Matcher found =
                Pattern.compile("\"" + key + "\":\"([^\"]+)\"")
                        .matcher(Repository.read(data.resolve("node.json")));
        if (!found.find()) {
            throw new IllegalStateException("node.json has no " + key);
        }
        return found.group(1);
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("ready")) {
                    readyOrEnded.countDown();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            readyOrEnded.countDown();
        }
    }

    /** Whether the data folder still says that a node runs. */
    boolean hasNodeFile() {
        return Files.exists(data.resolve("node.json"));
    }
}
