package dev.treadle.engine;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many calls in at once and so many more wait, in the order they came. Can be closed: then
 * nobody gets in, those who wait are sent away, and the last to leave is told. Safe for threads.
 */
final class Gate {
    /** What became of an attempt to get in. */
    enum Entry {
        IN,
        FULL,
        LATE,
        CLOSED
    }

    private static final AtomicIntegerFieldUpdater<Gate> INSIDE =
            AtomicIntegerFieldUpdater.newUpdater(Gate.class, "inside");
    private static final AtomicIntegerFieldUpdater<Gate> WAITING =
            AtomicIntegerFieldUpdater.newUpdater(Gate.class, "waiting");
    private static final int CLOSED = 1 << 30;

    private final int limit;
    private final int queueMax;

    /** How many are in, plus {@link #CLOSED}. */
    private volatile int inside;

    private volatile int waiting;

    /** Guards the waiting: nobody misses the signal between looking and waiting. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition left = lock.newCondition();

    Gate(int limit, int queueMax) {
        this.limit = limit;
        this.queueMax = queueMax;
    }

    /** Gets in, waiting if need be until {@code System.nanoTime()} passes the deadline. */
    Entry enter(long deadlineNanos) {
        if (waiting == 0) {
            Entry entry = tryEnter();
            if (entry != Entry.FULL) {
                return entry;
            }
        }
        if (WAITING.incrementAndGet(this) > queueMax) {
            WAITING.decrementAndGet(this);
            return (inside & CLOSED) != 0 ? Entry.CLOSED : Entry.FULL;
        }
        try {
            return await(deadlineNanos);
        } finally {
            WAITING.decrementAndGet(this);
        }
    }

    private Entry tryEnter() {
        int seen = inside;
        while (seen < limit) {
            if (INSIDE.compareAndSet(this, seen, seen + 1)) {
                return Entry.IN;
            }
            seen = inside;
        }
        return (seen & CLOSED) != 0 ? Entry.CLOSED : Entry.FULL;
    }

    private Entry await(long deadlineNanos) {
        lock.lock();
        try {
            boolean interrupted = false;
            Entry entry = tryEnter();
            while (entry == Entry.FULL && !interrupted) {
                long rest = deadlineNanos - System.nanoTime();
                if (rest <= 0) {
                    return Entry.LATE;
                }
                try {
                    left.awaitNanos(rest);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    interrupted = true;
                }
                entry = tryEnter();
            }
            return entry == Entry.FULL ? Entry.LATE : entry;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves.
     *
     * @return whether the gate is closed and nobody is in any more
     */
    boolean leave() {
        int now = INSIDE.decrementAndGet(this);
        if (waiting > 0) {
            lock.lock();
            try {
                left.signal();
            } finally {
                lock.unlock();
            }
        }
        return now == CLOSED;
    }

    /**
     * Closes for good.
     *
     * @return whether nobody is in; exactly one of this and {@link #leave} says so
     */
    boolean close() {
        int before = INSIDE.getAndUpdate(this, seen -> seen | CLOSED);
        lock.lock();
        try {
            left.signalAll();
        } finally {
            lock.unlock();
        }
        return before == 0;
    }

    /** How many are in. */
    int inside() {
        return inside & ~CLOSED;
    }

    int waiting() {
        return waiting;
    }
}
