package dev.treadle.bindings;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many calls into a provider at once, and so many more wait. Safe for threads. */
public final class Turnstile {
    private final int placesMax;
    private final int waitingMax;
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();

    public Turnstile(int placesMax, int waitingMax) {
        this.placesMax = placesMax;
        this.waitingMax = waitingMax;
        this.places = new Semaphore(placesMax);
    }

    /**
     * Waits for a place.
     *
     * @return whether there was one in time
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    boolean enter(Duration patience) throws InterruptedException {
        if (places.tryAcquire()) {
            return true;
        }
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        places.release();
    }

    /** How many calls are inside. */
    public int inside() {
        return placesMax - places.availablePermits();
    }

    /** For people: how many it lets in. */
    String limits() {
        return "%d run and %d may wait".formatted(placesMax, waitingMax);
    }

    /**
     * Lets nobody in any more.
     *
     * @return whether all that were inside have left within the patience
     */
    public boolean close(Duration patience) {
        try {
            return places.tryAcquire(placesMax, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
