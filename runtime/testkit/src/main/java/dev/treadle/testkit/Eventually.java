package dev.treadle.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread brings about. */
public final class Eventually {
    private Eventually() {}

    /** Waits up to 30 seconds; fails when the condition has not come about by then. */
    public static void holds(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not come about within 30 s");
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }
}
