package dev.treadle.inference;

import dev.treadle.ElementType;
import dev.treadle.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Direct buffers that one batch after another uses. To make one costs more than to copy a call's
 * rows out of it: it is cleared, its pages come from the system anew, and the garbage collector has
 * to find it. Safe for threads.
 */
final class Buffers {
    private static final int KEPT_MAX = 8;

    /** A larger one is worth its making. */
    private static final long BYTES_MAX = 1 << 24;

    /** By their capacity, a power of two. Guarded by this. */
    private final Map<Integer, Deque<ByteBuffer>> free = new HashMap<>();

    /** Lends buffers until it is closed. */
    Loan lend() {
        return new Loan();
    }

    private synchronized ByteBuffer take(int capacity) {
        Deque<ByteBuffer> kept = free.get(capacity);
        return kept == null || kept.isEmpty()
                ? ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder())
                : kept.pop();
    }

    private synchronized void giveBack(ByteBuffer buffer) {
        Deque<ByteBuffer> kept =
                free.computeIfAbsent(buffer.capacity(), _ -> new ArrayDeque<>(KEPT_MAX));
        if (kept.size() < KEPT_MAX) {
            kept.push(buffer);
        }
    }

    /** The buffers of one batch. For one thread at a time. */
    final class Loan implements Room, AutoCloseable {
        private final List<ByteBuffer> lent = new ArrayList<>();

        @Override
        public ByteBuffer direct(ElementType type, long... shape) {
            long bytes = type.bytes();
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, size);
            }
            if (bytes > BYTES_MAX) {
                return Tensor.direct(type, shape);
            }
            ByteBuffer buffer = take(Math.max(1, Integer.highestOneBit((int) bytes - 1) << 1));
            lent.add(buffer);
            return buffer.slice(0, (int) bytes).order(ByteOrder.nativeOrder());
        }

        @Override
        public void close() {
            lent.forEach(Buffers.this::giveBack);
            lent.clear();
        }
    }
}
