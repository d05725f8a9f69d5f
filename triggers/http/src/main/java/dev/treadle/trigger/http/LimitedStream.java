package dev.treadle.trigger.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read and stops at the limit. */
final class LimitedStream extends FilterInputStream {
    private final PayloadLimit limit;
    private long count;

    LimitedStream(InputStream in, PayloadLimit limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            count(1);
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        return read(new byte[(int) Math.clamp(n, 0, 8192)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) {
        count += read;
        if (count > limit.bytesMax()) {
            throw limit.passed();
        }
    }
}
