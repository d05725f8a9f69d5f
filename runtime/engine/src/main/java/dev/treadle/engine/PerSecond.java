package dev.treadle.engine;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Counts what happens within each second. Two that meet at a second's turn may both be counted to
 * the new one or the old one; that is exact enough for sampling. Safe for threads.
 */
final class PerSecond {
    private static final AtomicLongFieldUpdater<PerSecond> COUNT =
            AtomicLongFieldUpdater.newUpdater(PerSecond.class, "count");
    private static final long SECOND = 1_000_000_000L;

    private final int max;
    private volatile long second;
    private volatile long count;

    PerSecond(int max) {
        this.max = max;
    }

    /** How many came before in this second, counting no further than the maximum. */
    long before(long nanoTime) {
        long now = nanoTime / SECOND;
        if (second != now) {
            second = now;
            count = 0;
        }
        return count < max ? COUNT.getAndIncrement(this) : max;
    }

    /** Whether this one is within the maximum. */
    boolean take(long nanoTime) {
        return before(nanoTime) < max;
    }
}
