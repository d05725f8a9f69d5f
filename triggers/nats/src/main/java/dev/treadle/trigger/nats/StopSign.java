package dev.treadle.trigger.nats;

import java.time.Duration;

/** Tells several threads that it is time to end. Safe for threads. */
final class StopSign {
    private boolean up;

    synchronized void raise() {
        up = true;
        notifyAll();
    }

    synchronized boolean isUp() {
        return up;
    }

    /** Waits; says whether the sign was down all the while. */
    synchronized boolean rest(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); left > 0 && !up; left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !up;
    }
}
