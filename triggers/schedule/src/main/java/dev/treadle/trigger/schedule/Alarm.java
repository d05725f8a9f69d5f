package dev.treadle.trigger.schedule;

import java.time.Duration;

/** Lets one thread wait for a time or for a ring. A ring that comes early is not lost. */
final class Alarm {
    private boolean rung;

    /** Returns after {@code pause}, or sooner when rung. */
    synchronized void await(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        long left = pause.toNanos();
        while (!rung && left > 0) {
            wait(left / 1_000_000 + 1);
            left = end - System.nanoTime();
        }
        rung = false;
    }

    synchronized void ring() {
        rung = true;
        notifyAll();
    }
}
