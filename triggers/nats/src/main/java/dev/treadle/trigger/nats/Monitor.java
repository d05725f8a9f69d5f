package dev.treadle.trigger.nats;

import java.util.function.BooleanSupplier;

/** What waiting at an object's monitor comes to, with its end and its interruption. */
final class Monitor {
    private Monitor() {}

    /**
     * Waits until something holds, which whoever changes it tells by {@code notifyAll}.
     *
     * @param lock is held by the caller
     * @return false when the patience ends first, or the thread is interrupted
     */
    static boolean await(Object lock, BooleanSupplier holds, long patienceNanos) {
        long end = System.nanoTime() + patienceNanos;
        while (!holds.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                lock.wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
