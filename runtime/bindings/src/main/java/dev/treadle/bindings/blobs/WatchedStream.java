package dev.treadle.bindings.blobs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Counts what is read, and remembers how reading failed. Read by one thread, asked by another. */
final class WatchedStream extends FilterInputStream {
    private volatile long count;
    private volatile @Nullable IOException failure;

    WatchedStream(InputStream content) {
        super(content);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = super.read(bytes, offset, length);
            long before = count;
            count = before + Math.max(0, read);
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** The client reads ahead and back by itself. */
    @Override
    public boolean markSupported() {
        return false;
    }

    /** It stays its owner's to close. */
    @Override
    public void close() {}

    long count() {
        return count;
    }

    /** Throws how reading failed, if it did. */
    void rethrow() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
