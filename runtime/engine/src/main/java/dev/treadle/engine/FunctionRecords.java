package dev.treadle.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One function's records: all errors, and of the successes no more than {@value
 * #SUCCESSES_PER_SECOND} a second. Safe for threads.
 */
final class FunctionRecords {
    static final int SUCCESSES_PER_SECOND = 200;

    private static final long SECOND = 1_000_000_000L;

    private final Ring errors;
    private final Ring successes;
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong inSecond = new AtomicLong();

    FunctionRecords(int max) {
        errors = new Ring(max);
        successes = new Ring(max);
    }

    /** Whether a success at this time is to be kept. Asked before the record is made. */
    boolean samplesSuccess(long nanoTime) {
        long now = nanoTime / SECOND;
        if (second.get() != now) {
            second.set(now);
            inSecond.set(0);
        }
        return inSecond.get() < SUCCESSES_PER_SECOND
                && inSecond.getAndIncrement() < SUCCESSES_PER_SECOND;
    }

    void add(InvocationRecord record) {
        (record.status() == InvocationRecord.Status.SUCCEEDED ? successes : errors).add(record);
    }

    List<InvocationRecord> all() {
        List<InvocationRecord> all = new ArrayList<>();
        errors.copyTo(all);
        successes.copyTo(all);
        return all;
    }

    /** Grows to its bound, then goes round. */
    private static final class Ring {
        private final int max;
        private @Nullable InvocationRecord[] slots = new @Nullable InvocationRecord[0];
        private long added;

        Ring(int max) {
            this.max = max;
        }

        synchronized void add(InvocationRecord record) {
            int at = (int) (added++ % max);
            if (at >= slots.length) {
                grow();
            }
            slots[at] = record;
        }

        private void grow() {
            @Nullable InvocationRecord[] larger =
                    new @Nullable InvocationRecord[Math.min(max, Math.max(8, slots.length * 2))];
            System.arraycopy(slots, 0, larger, 0, slots.length);
            slots = larger;
        }

        synchronized void copyTo(List<InvocationRecord> all) {
            for (InvocationRecord record : slots) {
                if (record != null) {
                    all.add(record);
                }
            }
        }
    }
}
