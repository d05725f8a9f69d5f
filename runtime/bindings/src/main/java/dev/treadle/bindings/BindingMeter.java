package dev.treadle.bindings;

import java.util.concurrent.atomic.LongAdder;

/** Counts what one binding of a function does. Safe for threads. */
public final class BindingMeter {
    /** Upper ends of the histogram's buckets, in nanoseconds. */
    private static final long[] ENDS = {
        10_000,
        50_000,
        100_000,
        500_000,
        1_000_000,
        5_000_000,
        10_000_000,
        50_000_000,
        100_000_000,
        500_000_000,
        1_000_000_000,
        5_000_000_000L
    };

    private final LongAdder errors = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder cached = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** The last one is of those that took longer than all ends. */
    private final LongAdder[] buckets = new LongAdder[ENDS.length + 1];

    public BindingMeter() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void ran(long took, boolean succeeded) {
        nanos.add(took);
        if (!succeeded) {
            errors.increment();
        }
        int bucket = 0;
        while (bucket < ENDS.length && took > ENDS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
    }

    void refused() {
        refused.increment();
    }

    void cached() {
        cached.increment();
    }

    /** Reads that a copy answered, so that they are no calls of the provider. */
    public long cacheHits() {
        return cached.sum();
    }

    /** Calls that reached the provider. */
    public long calls() {
        return within(ENDS.length);
    }

    /** Those of them that it failed. */
    public long errors() {
        return errors.sum();
    }

    /** Calls that found no place. */
    public long refusals() {
        return refused.sum();
    }

    /** How long all calls took together, waiting for a place included. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }

    /** How many buckets the histogram has, the last one without an end not counted. */
    public static int bucketCount() {
        return ENDS.length;
    }

    /** Where a bucket ends. */
    public static double bucketEndSeconds(int bucket) {
        return ENDS[bucket] / 1e9;
    }

    /** How many calls took no longer than a bucket's end. */
    public long within(int bucket) {
        long sum = 0;
        for (int i = 0; i <= bucket; i++) {
            sum += buckets[i].sum();
        }
        return sum;
    }
}
