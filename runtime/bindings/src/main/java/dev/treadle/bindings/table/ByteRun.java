package dev.treadle.bindings.table;

import java.util.Arrays;

/** Bytes that are written one after the other. For one thread. */
final class ByteRun {
    private static final int AT_FIRST = 64;

    private byte[] bytes;
    private int size;

    /** One that begins with these. */
    ByteRun(byte[] begin) {
        this.bytes = Arrays.copyOf(begin, begin.length + AT_FIRST);
        this.size = begin.length;
    }

    int size() {
        return size;
    }

    void write(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void writeBytes(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    /** The lowest bytes of a number, the highest of them first. */
    void writeNumber(long value, int count) {
        room(count);
        for (int shift = (count - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Writes two bytes over those that are there. */
    void setShort(int at, int value) {
        bytes[at] = (byte) (value >>> Byte.SIZE);
        bytes[at + 1] = (byte) value;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
