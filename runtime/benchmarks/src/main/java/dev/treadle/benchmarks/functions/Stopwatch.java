package dev.treadle.benchmarks.functions;

import dev.treadle.Context;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how long events were on their way: their data is the sender's {@link System#nanoTime()},
 * which all processes of a Linux machine share. An event without data has it publish what it has
 * counted: one line of {@code micros count} pairs.
 */
public final class Stopwatch implements EventFunction {
    private static final int MICROS_MAX = 1_000_000;

    private final AtomicLongArray counts = newCounts();

    @Override
    public void handle(Event event, Context context) {
        byte[] data = event.data();
        if (data.length == 0) {
            context.publish(
                    context.config("SUBJECT").orElseThrow(),
                    context.event("counted").text(take(counts)).build());
        } else {
            count(counts, System.nanoTime() - ByteBuffer.wrap(data).getLong());
        }
    }

    /** Nothing counted yet. */
    public static AtomicLongArray newCounts() {
        return new AtomicLongArray(MICROS_MAX + 1);
    }

    /** Counts an event that was so long on its way. */
    public static void count(AtomicLongArray counts, long nanos) {
        int micros = (int) Math.clamp(nanos / 1000, 0, MICROS_MAX);
        counts.incrementAndGet(micros - micros % step(micros));
    }

    /** To three digits: what was counted must fit into a message. */
    private static int step(int micros) {
        int step = 1;
        for (int rest = micros; rest >= 1000; rest /= 10) {
            step *= 10;
        }
        return step;
    }

    /** What was counted, which begins anew. */
    public static String take(AtomicLongArray counts) {
        StringBuilder text = new StringBuilder();
        for (int micros = 0; micros <= MICROS_MAX; micros++) {
            long count = counts.getAndSet(micros, 0);
            if (count > 0) {
                text.append(micros).append(' ').append(count).append(' ');
            }
        }
        return text.toString();
    }
}
