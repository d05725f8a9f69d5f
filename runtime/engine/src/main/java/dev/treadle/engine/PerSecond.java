package dev.treadle.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what happens within each second. Two that meet at a second's turn may both be counted to
 * the new one or the old one; that is exact enough for sampling. Safe for threads.
 */
final class PerSecond {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong second = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private final int max;

    PerSecond(int max) {
        this.max = max;
    }

    /** How many came before in this second, counting no further than the maximum. */
    long before(long nanoTime) {
        long now = nanoTime / SECOND;
        if (second.get() != now) {
            second.set(now);
            count.set(0);
        }
        return count.get() < max ? count.getAndIncrement() : max;
    }

    /** Whether this one is within the maximum. */
    boolean take(long nanoTime) {
        return before(nanoTime) < max;
    }
}
