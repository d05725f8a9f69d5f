package dev.treadle.trigger.grpc;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps what a function streams, up to a limit. For one thread. */
final class CollectedStream extends OutputStream {
    private final long bytesMax;
    private final ByteString.Output kept = ByteString.newOutput();
    private boolean isFull;

    CollectedStream(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (kept.size() + (long) length > bytesMax) {
            isFull = true;
            throw new IOException("more than %d bytes".formatted(bytesMax));
        }
        kept.write(bytes, offset, length);
    }

    /** Whether there was more than may be kept. */
    boolean isFull() {
        return isFull;
    }

    ByteString bytes() {
        return kept.toByteString();
    }
}
