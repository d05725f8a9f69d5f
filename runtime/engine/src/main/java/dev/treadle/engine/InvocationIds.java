package dev.treadle.engine;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes invocation ids: ULIDs (the ulid specification's canonical form, Crockford's base 32) of the
 * time in milliseconds, 40 random bits chosen once for the process, and a counter. They sort by
 * time, and by order within one process. Safe for threads.
 */
final class InvocationIds {
    private static final byte[] DIGITS =
            "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.ISO_8859_1);

    private static final int LENGTH = 26;

    private final InstantSource clock;
    private final long process;
    private final AtomicLong counter = new AtomicLong();

    /** The last one that an id was made in: most ids share theirs with the one before. */
    private volatile Moment moment = new Moment(-1, new byte[LENGTH]);

    /**
     * A millisecond.
     *
     * @param text an id of it whose counter is still to be written; never changed
     */
    private record Moment(long millis, byte[] text) {}

    InvocationIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.process = random.nextLong() & ((1L << 40) - 1);
    }

    String next() {
        byte[] text = at(clock.millis()).text().clone();
        write(text, 18, 8, counter.getAndIncrement());
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private Moment at(long millis) {
        Moment known = moment;
        if (known.millis() == millis) {
            return known;
        }
        byte[] text = new byte[LENGTH];
        write(text, 0, 10, millis);
        write(text, 10, 8, process);
        Moment now = new Moment(millis, text);
        moment = now;
        return now;
    }

    private static void write(byte[] text, int from, int digits, long value) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
