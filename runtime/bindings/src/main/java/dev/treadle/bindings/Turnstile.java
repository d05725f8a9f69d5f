package dev.treadle.bindings;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many calls into a provider at once, and so many more wait, in the order in which they
 * came. Safe for threads.
 */
public final class Turnstile {
    private final int placesMax;
    private final int waitingMax;
    private final Places places;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Fair, so that who has been told of a place comes before who comes anew. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition left = lock.newCondition();

    public Turnstile(int placesMax, int waitingMax) {
        this.placesMax = placesMax;
        this.waitingMax = waitingMax;
        this.places = new Places(placesMax);
    }

    /** Takes a place, if one is free and nobody waits for it. */
    boolean enterNow() {
        return waiting.get() == 0 && places.take();
    }

    /**
     * Waits for a place, after those who wait already; for callers that could not enter now.
     *
     * @return whether there was one in time
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    boolean awaitPlace(Duration patience) throws InterruptedException {
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            return false;
        }
        return await(1, patience);
    }

    /** Whoever waits has said so before it looks, so that the one or the other sees a place. */
    void leave() {
        places.give();
        if (waiting.get() > 0) {
            lock.lock();
            try {
                left.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Of a caller that is counted as waiting, which it is no more afterwards. */
    private boolean await(int wanted, Duration patience) throws InterruptedException {
        int taken = 0;
        try {
            lock.lockInterruptibly();
            try {
                long nanos = patience.toNanos();
                boolean isNext = !lock.hasWaiters(left); // else the next place is theirs
                while (taken < wanted) {
                    if (isNext && places.take()) {
                        taken++;
                    } else if (nanos <= 0) {
                        return false;
                    } else {
                        nanos = left.awaitNanos(nanos);
                        isNext = true;
                    }
                }
                return true;
            } finally {
                lock.unlock();
            }
        } finally {
            waiting.decrementAndGet();
            if (taken < wanted) {
                giveBack(taken);
            }
        }
    }

    private void giveBack(int count) {
        for (int i = 0; i < count; i++) {
            leave();
        }
    }

    /** How many calls are inside. */
    public int inside() {
        return placesMax - places.free();
    }

    /** How many calls wait for a place. */
    int waiting() {
        return waiting.get();
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
        waiting.incrementAndGet();
        try {
            return await(placesMax, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
