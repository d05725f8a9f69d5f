package dev.treadle.inference;

import dev.treadle.inference.InferenceFailed.Reason;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelRelease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The models that are loaded, by their files' digests, so that functions share them. When one more
 * would pass the memory budget, those go that were not used for the longest time. Safe for threads.
 */
final class SessionCache implements AutoCloseable {
    private final Loader loader;
    private final long bytesMax;

    /** Guards all that follows, and the entries' fields. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Digest, Entry> entries = new HashMap<>();
    private long uses;
    private boolean closed;

    SessionCache(Loader loader, long bytesMax) {
        this.loader = loader;
        this.bytesMax = bytesMax;
    }

    /** Loads a release's file. */
    interface Loader {
        LoadedModel load(ModelRelease release);
    }

    /** A loaded model that stays so until this is closed; once. */
    record Lease(LoadedModel model, Runnable giveBack) implements AutoCloseable {
        @Override
        public void close() {
            giveBack.run();
        }
    }

    private static final class Entry {
        private final FutureTask<LoadedModel> loading;
        private final long bytes;
        private int users;
        private long lastUse;
        private boolean unwanted;

        Entry(FutureTask<LoadedModel> loading, long bytes) {
            this.loading = loading;
            this.bytes = bytes;
        }

        boolean isIdle() {
            return users == 0;
        }
    }

    /**
     * A model to run, which is loaded first where need be.
     *
     * @param patience how long that may take
     */
    Lease lease(ModelRelease release, Duration patience) {
        Digest digest = release.artifact();
        Entry entry = enter(release);
        boolean leased = false;
        try {
            LoadedModel model = await(entry, release, patience);
            leased = true;
            return new Lease(model, () -> leave(digest, entry, false));
        } finally {
            if (!leased) {
                leave(digest, entry, hasFailed(entry));
            }
        }
    }

    private static boolean hasFailed(Entry entry) {
        return entry.loading.isDone() && entry.loading.state() != FutureTask.State.SUCCESS;
    }

    private Entry enter(ModelRelease release) {
        List<Entry> gone = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                throw new InferenceFailed(Reason.FAILED, "the node is stopping");
            }
            Entry entry = entries.get(release.artifact());
            if (entry == null) {
                makeRoom(release, gone);
                entry =
                        new Entry(
                                new FutureTask<>(() -> loader.load(release)),
                                release.description().bytes());
                entries.put(release.artifact(), entry);
                // Loading is native and long: not on a virtual thread's carrier.
                Thread.ofPlatform().daemon().name("load-" + release).start(entry.loading);
            }
            entry.users++;
            entry.lastUse = ++uses;
            entry.unwanted = false;
            return entry;
        } finally {
            lock.unlock();
            gone.forEach(SessionCache::unload);
        }
    }

    /** Lets go of idle models, the longest unused first, until the new one fits. */
    private void makeRoom(ModelRelease release, List<Entry> gone) {
        long needed = release.description().bytes();
        long used = entries.values().stream().mapToLong(entry -> entry.bytes).sum();
        while (used + needed > bytesMax) {
            Optional<Map.Entry<Digest, Entry>> oldest =
                    entries.entrySet().stream()
                            .filter(each -> each.getValue().isIdle())
                            .min(Comparator.comparingLong(each -> each.getValue().lastUse));
            if (oldest.isEmpty()) {
                throw new InferenceFailed(
                        Reason.UNLOADABLE,
                        "%s has %d bytes; models.memory lets all models together have %d, of which %d are in use: set it to %dMi or more in treadle.yaml"
                                .formatted(
                                        release, needed, bytesMax, used, mebibytes(used + needed)));
            }
            gone.add(oldest.get().getValue());
            used -= oldest.get().getValue().bytes;
            entries.remove(oldest.get().getKey());
        }
    }

    /** Rounded up. */
    static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }

    private static LoadedModel await(Entry entry, ModelRelease release, Duration patience) {
        try {
            return entry.loading.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new InferenceFailed(
                    Reason.EXPIRED,
                    "%s was not loaded within %d ms".formatted(release, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed(Reason.EXPIRED, "the call was interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new InferenceFailed(
                    Reason.UNLOADABLE, release + ": " + cause.getMessage(), cause);
        }
    }

    /**
     * @param failed whether it could not be loaded, so that the next call tries again
     */
    private void leave(Digest digest, Entry entry, boolean failed) {
        boolean isLast;
        lock.lock();
        try {
            entry.users--;
            isLast = entry.isIdle() && (entry.unwanted || failed) && entries.remove(digest, entry);
        } finally {
            lock.unlock();
        }
        if (isLast) {
            unload(entry);
        }
    }

    /** Lets go of all others, as soon as nobody uses them. */
    void keepOnly(Set<Digest> wanted) {
        List<Entry> gone = new ArrayList<>();
        lock.lock();
        try {
            for (Map.Entry<Digest, Entry> each : List.copyOf(entries.entrySet())) {
                each.getValue().unwanted = !wanted.contains(each.getKey());
                if (each.getValue().unwanted && each.getValue().isIdle()) {
                    entries.remove(each.getKey());
                    gone.add(each.getValue());
                }
            }
        } finally {
            lock.unlock();
        }
        gone.forEach(SessionCache::unload);
    }

    private static void unload(Entry entry) {
        if (entry.loading.state() == FutureTask.State.SUCCESS) {
            entry.loading.resultNow().close();
        }
    }

    /** What a model that is loaded has done; empty when it is not. */
    Optional<Batcher.Counts> counts(Digest digest) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(digest))
                    .filter(entry -> entry.loading.state() == FutureTask.State.SUCCESS)
                    .map(entry -> entry.loading.resultNow().counts());
        } finally {
            lock.unlock();
        }
    }

    /** Unloads all; those in use as soon as they are given back. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        keepOnly(Set.of());
    }
}
