package dev.treadle.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition that another thread brings about. The patience is for machines that have
 * more to do than this: who needs not wait does not.
 */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS_MOST = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /** Waits up to a minute; fails when the condition has not come about by then. */
    public static void holds(BooleanSupplier condition) {
        holds(PATIENCE, condition);
    }

    /** Waits up to so long; fails when the condition has not come about by then. */
    public static void holds(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        long look = Duration.ofMillis(2).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "the condition did not come about within %d s"
                                .formatted(patience.toSeconds()));
            }
            LockSupport.parkNanos(look);
            look = Math.min(LOOK_NANOS_MOST, look + look / 8);
        }
    }
}
