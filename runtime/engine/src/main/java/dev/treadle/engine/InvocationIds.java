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

    private final InstantSource clock;
    private final long process;
    private final AtomicLong counter = new AtomicLong();

    InvocationIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.process = random.nextLong() & ((1L << 40) - 1);
    }

    String next() {
        byte[] text = new byte[26];
        write(text, 0, 10, clock.millis());
        write(text, 10, 8, process);
        write(text, 18, 8, counter.getAndIncrement());
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void write(byte[] text, int from, int digits, long value) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
