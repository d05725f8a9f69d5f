package dev.treadle.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
final class Eventually {
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 5_000_000;

    private Eventually() {}

    static void holds(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within %s: %s".formatted(MAX, what));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
