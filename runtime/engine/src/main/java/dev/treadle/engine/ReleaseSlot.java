package dev.treadle.engine;

import dev.treadle.registry.Release;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The place of one release on this node: empty until its first call, then holding its instance. A
 * slot that no alias points at any more empties itself when its last call has ended. Safe for
 * threads.
 */
final class ReleaseSlot {
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final Release release;
    private final Loading loading;
    private final FunctionMeters meters = new FunctionMeters();
    private final RecordStore store;

    /** Guards loading and emptying: one at a time. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable FunctionInstance instance;
    private volatile boolean referenced;
    private volatile @Nullable LoadFailure failure;
    private volatile long failedNanos;

    /** Of the function; looked up by the first call that ends, and the same for all. */
    private @Nullable FunctionRecords records;

    ReleaseSlot(Release release, Loading loading, RecordStore store) {
        this.release = release;
        this.loading = loading;
        this.store = store;
    }

    /** What is loaded, loading it first where need be. A failure is remembered for a second. */
    FunctionInstance instance() throws LoadFailure {
        FunctionInstance loaded = instance;
        return loaded == null ? load() : loaded;
    }

    private FunctionInstance load() throws LoadFailure {
        lock.lock();
        try {
            FunctionInstance loaded = instance;
            if (loaded != null) {
                return loaded;
            }
            LoadFailure last = failure;
            if (last != null && System.nanoTime() - failedNanos < RETRY_NANOS) {
                throw last;
            }
            long began = System.nanoTime();
            try {
                loaded = loading.load(release);
            } catch (LoadFailure e) {
                failure = e;
                failedNanos = System.nanoTime();
                throw e;
            }
            failure = null;
            meters.started(System.nanoTime() - began);
            instance = loaded;
            return loaded;
        } finally {
            lock.unlock();
        }
    }

    /** Whether an alias points here. When none does, the instance goes as soon as it is idle. */
    void referenced(boolean is) {
        referenced = is;
        if (!is) {
            empty();
        }
    }

    /** To be called after each call of an instance has left its gate. */
    void left(FunctionInstance left, boolean wasLastOfClosed) {
        if (wasLastOfClosed) {
            loading.unload(left);
        } else if (!referenced && left.gate().inside() == 0) {
            empty();
        }
    }

    /** Takes the instance out; its last call unloads it, or this does when there is none. */
    void empty() {
        FunctionInstance taken;
        lock.lock();
        try {
            taken = instance;
            instance = null;
        } finally {
            lock.unlock();
        }
        if (taken != null && taken.gate().close()) {
            loading.unload(taken);
        }
    }

    Release release() {
        return release;
    }

    FunctionMeters meters() {
        return meters;
    }

    /** Where the ends of its calls are written down. */
    FunctionRecords records() {
        FunctionRecords known = records;
        if (known == null) {
            known = store.of(release.function().value());
            records = known;
        }
        return known;
    }

    /** The instance, if it is loaded. */
    @Nullable FunctionInstance loaded() {
        return instance;
    }

    @Nullable LoadFailure failure() {
        return failure;
    }
}
