package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One run of a managed server. It is in a session of its own, so that Ctrl-C in a terminal reaches
 * the node only, which still needs it while calls finish. Used by one thread.
 */
final class ServerProcess {
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(15);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private final Process process;
    private final Optional<Process> watch;
    private final ServerFolder folder;

    private ServerProcess(Process process, Optional<Process> watch, ServerFolder folder) {
        this.process = process;
        this.watch = watch;
        this.folder = folder;
    }

    static ServerProcess start(NatsBinary binary, ServerFolder folder) throws IOException {
        Process process =
                new ProcessBuilder(
                                inOwnSession(
                                        binary.path().toString(), "-c", folder.config().toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(folder.log().toFile()))
                        .start();
        process.getOutputStream().close();
        folder.writePid(process.pid());
        return new ServerProcess(process, watch(process), folder);
    }

    /**
     * Waits until it takes connections.
     *
     * @throws IOException when it ended instead, or does not get that far
     */
    void awaitReady(int port, String name) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        while (!LocalPort.isFrom(name, port)) {
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(ended());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "nats-server is not ready after %d s; see %s"
                                .formatted(READY_MAX.toSeconds(), folder.log()));
            }
        }
    }

    /** Waits for its end, and says how it came. */
    String awaitEnd() throws IOException, InterruptedException {
        process.waitFor();
        return ended();
    }

    /** Asks it to end, and makes it end. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
        watch.ifPresent(Process::destroyForcibly);
        folder.removePid();
    }

    private String ended() throws IOException {
        return "nats-server ended with status %d: %s"
                .formatted(process.exitValue(), folder.lastWords());
    }

    /**
     * Ends the server when this JVM is gone, however it went: then the pipe to the shell closes.
     */
    private static Optional<Process> watch(Process server) {
        try {
            return Optional.of(
                    new ProcessBuilder(inOwnSession("sh", "-c", "read -r _; kill " + server.pid()))
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start());
        } catch (IOException e) {
            System.getLogger(ServerProcess.class.getName())
                    .log(System.Logger.Level.DEBUG, "no shell to watch over nats-server", e);
            return Optional.empty();
        }
    }

    private static List<String> inOwnSession(String... command) {
        List<String> words = new ArrayList<>();
        Commands.find("setsid").map(Path::toString).ifPresent(words::add);
        words.addAll(List.of(command));
        return words;
    }
}
