package dev.treadle.engine;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one release has done on this node since it was first called. Durations go into buckets of a
 * quarter of a power of two, from one microsecond on, so that a quantile is off by 19 % at most.
 * Safe for threads.
 */
public final class FunctionMeters {
    private static final int BUCKETS = 4 * 32;

    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder coldStarts = new LongAdder();
    private final LongAdder runNanos = new LongAdder();
    private final LongAdder initNanos = new LongAdder();
    private final AtomicLongArray durations = new AtomicLongArray(BUCKETS);

    void ended(InvocationRecord.Status status, long nanos) {
        switch (status) {
            case SUCCEEDED -> succeeded.increment();
            case FAILED -> failed.increment();
            case EXPIRED -> expired.increment();
            case REFUSED -> refused.increment();
        }
        if (status != InvocationRecord.Status.REFUSED) {
            runNanos.add(nanos);
            durations.incrementAndGet(bucket(nanos));
        }
    }

    void started(long nanos) {
        coldStarts.increment();
        initNanos.add(nanos);
    }

    /** Whether anything has been counted. */
    boolean isUsed() {
        return coldStarts() + invocations() + refused() > 0;
    }

    public long succeeded() {
        return succeeded.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long expired() {
        return expired.sum();
    }

    public long refused() {
        return refused.sum();
    }

    /** All that ran, however they ended. */
    public long invocations() {
        return succeeded() + failed() + expired();
    }

    /** How often the release was loaded. */
    public long coldStarts() {
        return coldStarts.sum();
    }

    /** Time spent in handlers. */
    public long runNanos() {
        return runNanos.sum();
    }

    /** Time spent loading and starting. */
    public long initNanos() {
        return initNanos.sum();
    }

    /** How many runs took no longer than this. */
    public long runsWithin(long nanos) {
        long runs = 0;
        for (int i = 0; i < BUCKETS && upperNanos(i) <= nanos; i++) {
            runs += durations.get(i);
        }
        return runs;
    }

    /**
     * The upper bound of the bucket in which this share (0 to 1) of the runs is reached; 0 for
     * none.
     */
    public long quantileNanos(double share) {
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += durations.get(i);
        }
        long rank = (long) Math.ceil(share * all);
        long seen = 0;
        for (int i = 0; i < BUCKETS && rank > 0; i++) {
            seen += durations.get(i);
            if (seen >= rank) {
                return upperNanos(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        long value = Math.max(nanos, 1) >>> 8;
        if (value < 4) {
            return 0;
        }
        int power = 63 - Long.numberOfLeadingZeros(value);
        int quarter = (int) (value >>> (power - 2)) & 3;
        return Math.min(BUCKETS - 1, (power - 2) * 4 + quarter + 1);
    }

    private static long upperNanos(int bucket) {
        if (bucket == 0) {
            return 1024;
        }
        int power = (bucket - 1) / 4;
        int quarter = (bucket - 1) % 4;
        return (5L + quarter) << (power + 8);
    }
}
