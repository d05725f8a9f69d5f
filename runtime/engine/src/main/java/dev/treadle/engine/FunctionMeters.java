package dev.treadle.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one release has done on this node since it was first called. Durations go into buckets of a
 * quarter of a power of two, from one microsecond on, so that a quantile is off by 19 % at most.
 * All is in one array: where thousands of functions take turns, each further object costs a call a
 * cache miss, and the release's gate is shared by all its callers just the same. Safe for threads.
 */
public final class FunctionMeters {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int BUCKETS = 4 * 32;

    private static final int SUCCEEDED = 0;
    private static final int RUN_NANOS = 1;
    private static final int FAILED = 2;
    private static final int EXPIRED = 3;
    private static final int REFUSED = 4;
    private static final int COLD_STARTS = 5;
    private static final int INIT_NANOS = 6;
    private static final int FIRST_BUCKET = 7;

    private final long[] numbers = new long[FIRST_BUCKET + BUCKETS];

    void ended(InvocationRecord.Status status, long nanos) {
        switch (status) {
            case SUCCEEDED -> add(SUCCEEDED, 1);
            case FAILED -> add(FAILED, 1);
            case EXPIRED -> add(EXPIRED, 1);
            case REFUSED -> add(REFUSED, 1);
        }
        if (status != InvocationRecord.Status.REFUSED) {
            add(RUN_NANOS, nanos);
            add(FIRST_BUCKET + bucket(nanos), 1);
        }
    }

    void started(long nanos) {
        add(COLD_STARTS, 1);
        add(INIT_NANOS, nanos);
    }

    private void add(int index, long amount) {
        LONGS.getAndAdd(numbers, index, amount);
    }

    private long get(int index) {
        return (long) LONGS.getVolatile(numbers, index);
    }

    /** Whether anything has been counted. */
    boolean isUsed() {
        return coldStarts() + invocations() + refused() > 0;
    }

    public long succeeded() {
        return get(SUCCEEDED);
    }

    public long failed() {
        return get(FAILED);
    }

    public long expired() {
        return get(EXPIRED);
    }

    public long refused() {
        return get(REFUSED);
    }

    /** All that ran, however they ended. */
    public long invocations() {
        return succeeded() + failed() + expired();
    }

    /** How often the release was loaded. */
    public long coldStarts() {
        return get(COLD_STARTS);
    }

    /** Time spent in handlers. */
    public long runNanos() {
        return get(RUN_NANOS);
    }

    /** Time spent loading and starting. */
    public long initNanos() {
        return get(INIT_NANOS);
    }

    /** How many runs took no longer than this. */
    public long runsWithin(long nanos) {
        long runs = 0;
        for (int i = 0; i < BUCKETS && upperNanos(i) <= nanos; i++) {
            runs += get(FIRST_BUCKET + i);
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
            all += get(FIRST_BUCKET + i);
        }
        long rank = (long) Math.ceil(share * all);
        long seen = 0;
        for (int i = 0; i < BUCKETS && rank > 0; i++) {
            seen += get(FIRST_BUCKET + i);
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
