package dev.treadle.trigger.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a function writes a streamed answer to. Nothing is sent, and the status can still change,
 * until the buffer is full or flushed. For one thread.
 */
final class ReplyStream extends OutputStream {
    private final Supplier<OutputStream> transport;
    private final byte[] buffer = new byte[8 * 1024];
    private int buffered;
    private @Nullable OutputStream out;

    /**
     * @param transport sends the head and opens the body; called at most once
     */
    ReplyStream(Supplier<OutputStream> transport) {
        this.transport = transport;
    }

    /** Whether the head is on its way. */
    boolean begun() {
        return out != null;
    }

    /** All that was written, as long as nothing was sent. */
    byte[] unsent() {
        return Arrays.copyOf(buffer, buffered);
    }

    @Override
    public void write(int b) throws IOException {
        if (buffered == buffer.length) {
            send();
        }
        buffer[buffered++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > buffer.length - buffered) {
            send();
        }
        if (length > buffer.length) {
            sendOn(out -> out.write(bytes, offset, length));
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }
    }

    @Override
    public void flush() throws IOException {
        send();
        if (out != null) {
            sendOn(OutputStream::flush);
        }
    }

    /** Does nothing: the answer ends when the function's writer returns. */
    @Override
    public void close() {}

    /** Sends what is left and ends the body. */
    void finish() throws IOException {
        send();
        sendOn(OutputStream::close);
    }

    /** An empty piece would read as the end of a chunked body, so none is ever sent. */
    private void send() throws IOException {
        if (buffered > 0) {
            int length = buffered;
            buffered = 0;
            sendOn(out -> out.write(buffer, 0, length));
        }
    }

    private void sendOn(Sending sending) throws IOException {
        try {
            OutputStream opened = out == null ? transport.get() : out;
            out = opened;
            sending.to(opened);
        } catch (RuntimeException e) {
            throw new IOException("the caller has gone away", e);
        }
    }

    /** One step of writing. */
    private interface Sending {
        void to(OutputStream out) throws IOException;
    }
}
