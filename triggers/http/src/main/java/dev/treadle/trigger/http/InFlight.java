package dev.treadle.trigger.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests that are being answered, and closes the door. Safe for threads. */
final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    /** Whether the request may be served; if so, {@link #leave()} must follow. */
    boolean enter() {
        count.incrementAndGet();
        if (closed) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        if (count.decrementAndGet() == 0 && closed) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    boolean closed() {
        return closed;
    }

    /**
     * Lets nobody in any more and waits until all have left; false when the patience ends first.
     */
    synchronized boolean closeAndWait(Duration patience) {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        while (count.get() > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
