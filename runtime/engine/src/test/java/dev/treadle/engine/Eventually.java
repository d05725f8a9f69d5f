package dev.treadle.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another thread brings about. */
final class Eventually {
    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not come about within 30 s");
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }
}
