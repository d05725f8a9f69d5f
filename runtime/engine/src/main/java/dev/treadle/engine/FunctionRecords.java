package dev.treadle.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One function's records: all errors, and of the successes a sample. The first few of each second
 * are always in it, so that a function called now and then has all of its own; the others up to a
 * number per function, and as long as the node's budget for the second lasts: with thousands of
 * busy functions it would otherwise spend its time on records. Safe for threads.
 */
final class FunctionRecords {
    static final int SUCCESSES_PER_SECOND = 200;
    static final int ALWAYS_PER_SECOND = 2;

    private final Ring errors;
    private final Ring successes;
    private final PerSecond inSecond = new PerSecond(SUCCESSES_PER_SECOND);
    private final PerSecond node;

    /**
     * @param max records of each kind
     * @param node counts the successes kept on the whole node
     */
    FunctionRecords(int max, PerSecond node) {
        errors = new Ring(max);
        successes = new Ring(max);
        this.node = node;
    }

    /** Whether a success at this time is to be kept. Asked before the record is made. */
    boolean samplesSuccess(long nanoTime) {
        long before = inSecond.before(nanoTime);
        return before < ALWAYS_PER_SECOND || (before < SUCCESSES_PER_SECOND && node.take(nanoTime));
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
