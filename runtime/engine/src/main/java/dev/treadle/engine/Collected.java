package dev.treadle.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A streamed answer in memory, up to a size. For one thread. */
final class Collected extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long bytesMax;
    private boolean overflowed;

    Collected(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    public void write(int b) throws IOException {
        requireRoom(1);
        bytes.write(b);
    }

    @Override
    public void write(byte[] more, int offset, int length) throws IOException {
        requireRoom(length);
        bytes.write(more, offset, length);
    }

    private void requireRoom(int length) throws IOException {
        if (bytes.size() + (long) length > bytesMax) {
            overflowed = true;
            throw new IOException("the caller takes %d bytes at most".formatted(bytesMax));
        }
    }

    boolean overflowed() {
        return overflowed;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
