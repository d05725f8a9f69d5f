package dev.treadle.trigger.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Turns the transport's unchecked failures into what readers of streams expect. */
final class TransportStream extends FilterInputStream {
    TransportStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    @Override
    public void close() {
        // The transport reads past what is left when the answer has been sent.
    }

    private static IOException broken(RuntimeException e) {
        return new IOException("the caller broke off, or framed the body wrongly", e);
    }
}
