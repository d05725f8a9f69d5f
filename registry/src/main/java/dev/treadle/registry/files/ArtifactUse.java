package dev.treadle.registry.files;

import dev.treadle.registry.Digest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows which artifacts are there, counts the releases that use each, and remembers since when
 * nobody does. Safe for threads.
 */
final class ArtifactUse {
    private static final System.Logger LOG = System.getLogger(ArtifactUse.class.getName());

    private final InstantSource clock;
    private final Duration grace;
    private final Map<Digest, Integer> users = new HashMap<>();
    private final Map<Digest, Instant> idle = new HashMap<>();

    /** Uploads that are being put into place: not there yet, and not to be removed. */
    private final Map<Digest, Integer> arriving = new HashMap<>();

    ArtifactUse(InstantSource clock, Duration grace) {
        this.clock = clock;
        this.grace = grace;
    }

    /** One that was there at the start. */
    synchronized void found(Digest digest, Instant lastUse) {
        idle.put(digest, lastUse);
    }

    /** A release that was there at the start uses it, whatever became of its file. */
    synchronized void adopt(Digest digest) {
        users.merge(digest, 1, Integer::sum);
        idle.remove(digest);
    }

    /** Whether it is there; if so it stays a while longer, since who asks may deploy it next. */
    synchronized boolean touch(Digest digest) {
        return idle.replace(digest, clock.instant()) != null || users.containsKey(digest);
    }

    /** Counts a user, if the artifact is there. */
    synchronized boolean retain(Digest digest) {
        boolean there = idle.remove(digest) != null || users.containsKey(digest);
        if (there) {
            users.merge(digest, 1, Integer::sum);
        }
        return there;
    }

    synchronized void release(Digest digest) {
        if (users.merge(digest, -1, Integer::sum) == 0) {
            users.remove(digest);
            idle.put(digest, clock.instant());
        }
    }

    /** It is there when {@code placing} has returned; meanwhile nobody removes it. */
    void arriving(Digest digest, Work placing) throws IOException {
        synchronized (this) {
            arriving.merge(digest, 1, Integer::sum);
        }
        boolean placed = false;
        try {
            placing.run();
            placed = true;
        } finally {
            arrived(digest, placed);
        }
    }

    private synchronized void arrived(Digest digest, boolean placed) {
        arriving.computeIfPresent(digest, (_, uploads) -> uploads == 1 ? null : uploads - 1);
        if (placed && !users.containsKey(digest)) {
            idle.put(digest, clock.instant());
        }
    }

    /** Lets {@code removal} remove what was idle for longer than the grace. */
    synchronized void collect(Removal removal) {
        Instant limit = clock.instant().minus(grace);
        idle.entrySet()
                .removeIf(
                        entry ->
                                entry.getValue().isBefore(limit)
                                        && !arriving.containsKey(entry.getKey())
                                        && remove(entry.getKey(), removal));
    }

    /** One that stays is no harm: the next collection tries again. */
    private static boolean remove(Digest digest, Removal removal) {
        try {
            removal.remove(digest);
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove the unused artifact " + digest, e);
            return false;
        }
    }

    /** Puts an artifact's file into place. */
    interface Work {
        void run() throws IOException;
    }

    /** Removes an artifact's file. */
    interface Removal {
        void remove(Digest digest) throws IOException;
    }
}
