package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server that outlived its node, because the node was killed: two must never share a store. */
final class StaleServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StaleServer() {}

    /**
     * Stops it, if there is one.
     *
     * @return its process id
     * @throws IOException when it does not end
     */
    static Optional<Long> stop(ServerFolder folder) throws IOException, InterruptedException {
        Optional<ProcessHandle> stale =
                folder.pid().flatMap(ProcessHandle::of).filter(process -> isOurs(process, folder));
        if (stale.isEmpty()) {
            folder.removePid();
            return Optional.empty();
        }
        stale.get().destroy();
        if (!ends(stale.get())) {
            stale.get().destroyForcibly();
            if (!ends(stale.get())) {
                throw new IOException(
                        "the nats-server of a node that was killed still runs (process %d)"
                                .formatted(stale.get().pid()));
            }
        }
        folder.removePid();
        return Optional.of(stale.get().pid());
    }

    /** Process ids are used again: what runs must have been given our configuration. */
    private static boolean isOurs(ProcessHandle process, ServerFolder folder) {
        return process.isAlive()
                && process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.config().toString()))
                        .isPresent();
    }

    private static boolean ends(ProcessHandle process) throws IOException, InterruptedException {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for process " + process.pid(), e);
        }
    }
}
