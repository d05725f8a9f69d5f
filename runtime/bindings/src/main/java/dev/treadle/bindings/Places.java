package dev.treadle.bindings;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Places that calls take and give back. They lie in several heaps, each on cache lines of its own,
 * so that calls on several cores seldom change the same one. Safe for threads.
 */
final class Places {
    private static final int HEAPS_MAX = 64;

    /** Between two heaps: 128 bytes. */
    private static final int APART = 32;

    private final int heaps;
    private final AtomicIntegerArray free;

    Places(int count) {
        int wanted = Math.min(4 * Runtime.getRuntime().availableProcessors(), HEAPS_MAX);
        this.heaps = Integer.highestOneBit(Math.clamp(wanted, 1, Math.max(count, 1)));
        this.free = new AtomicIntegerArray((heaps + 1) * APART);
        for (int i = 0; i < count; i++) {
            free.incrementAndGet(at(i));
        }
    }

    /** Takes one, if one is free. */
    boolean take() {
        int own = own();
        for (int i = 0; i < heaps; i++) {
            if (takeFrom(at(own + i))) {
                return true;
            }
        }
        return false;
    }

    private boolean takeFrom(int heap) {
        int there = free.get(heap);
        while (there > 0) {
            int seen = free.compareAndExchange(heap, there, there - 1);
            if (seen == there) {
                return true;
            }
            there = seen;
        }
        return false;
    }

    /** Gives one back, to whichever heap. */
    void give() {
        free.incrementAndGet(at(own()));
    }

    /** How many are free; a moment's guess while others take and give. */
    int free() {
        int sum = 0;
        for (int i = 0; i < heaps; i++) {
            sum += free.get(at(i));
        }
        return sum;
    }

    private static int own() {
        return (int) Thread.currentThread().threadId();
    }

    /** The heap of a number; they are as many as a power of two. */
    private int at(int number) {
        return ((number & (heaps - 1)) + 1) * APART;
    }
}
