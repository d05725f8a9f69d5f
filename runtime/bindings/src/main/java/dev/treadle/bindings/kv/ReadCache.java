package dev.treadle.bindings.kv;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.treadle.Kv;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What was read of a node's stores a short while ago, for bindings that may see it. A write through
 * this node, whichever function's, makes what was read before it count no more; also a read that
 * began before the write and ends after it. Nobody waits for another's read. Safe for threads.
 */
public final class ReadCache {
    /** So many keys' writes are told apart; what shares a stripe is read anew needlessly. */
    private static final int STRIPES = 4096;

    /** What an entry costs beside its key and value. */
    private static final int ENTRY_BYTES = 160;

    private static final long BYTES_MOST = 64 << 20;
    private static final int HEAPS_PART = 16;

    private final AtomicLongArray writes = new AtomicLongArray(STRIPES);
    private final Cache<Address, Read> reads;
    private final LongSupplier nanos;

    /**
     * @param bytesMax how large it may get, about
     * @param nanos as {@link System#nanoTime}
     */
    public ReadCache(long bytesMax, LongSupplier nanos) {
        this.nanos = nanos;
        this.reads =
                Caffeine.newBuilder()
                        .maximumWeight(bytesMax)
                        .weigher(ReadCache::bytes)
                        .expireAfter(Expiry.<Address, Read>writing((_, read) -> read.life()))
                        .ticker(nanos::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    /** One for a node: a sixteenth of the heap, 64 MiB at most. */
    public static ReadCache ofNode() {
        long most = Math.min(BYTES_MOST, Runtime.getRuntime().maxMemory() / HEAPS_PART);
        return new ReadCache(most, System::nanoTime);
    }

    private record Address(String store, String key) {
        int stripe() {
            int hash = hashCode();
            return (hash ^ hash >>> 16) & STRIPES - 1;
        }
    }

    /**
     * What was read.
     *
     * @param writes how many of its stripe's writes were over when it began
     * @param nanos when it began
     * @param life how long the binding that read it may see it
     */
    private record Read(Optional<Kv.Entry> found, long writes, long nanos, Duration life) {
        boolean counts(long now, long writesNow, Duration ageMax) {
            return writes == writesNow && now - nanos <= ageMax.toNanos();
        }
    }

    private static int bytes(Address address, Read read) {
        return ENTRY_BYTES
                + 2 * address.key().length()
                + read.found().map(entry -> entry.value().length).orElse(0);
    }

    /**
     * Reads a key.
     *
     * @param ageMax how old it may be
     * @param load asks the store
     * @param hit is told when the store was not asked
     */
    Optional<Kv.Entry> get(
            String store,
            String key,
            Duration ageMax,
            Supplier<Optional<Kv.Entry>> load,
            Runnable hit) {
        Address address = new Address(store, key);
        long writesNow = writes.get(address.stripe());
        long now = nanos.getAsLong();
        Read last = reads.getIfPresent(address);
        if (last != null && last.counts(now, writesNow, ageMax)) {
            hit.run();
            return copy(last.found());
        }
        Optional<Kv.Entry> found = load.get();
        reads.put(address, new Read(copy(found), writesNow, now, ageMax));
        return found;
    }

    /** A write is over, whatever came of it. */
    void wrote(String store, String key) {
        writes.incrementAndGet(new Address(store, key).stripe());
    }

    /** The caller may change what it gets. */
    private static Optional<Kv.Entry> copy(Optional<Kv.Entry> entry) {
        return entry.map(each -> new Kv.Entry(each.key(), each.value().clone(), each.version()));
    }
}
