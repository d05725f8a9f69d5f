package dev.treadle.server.grpc.http2;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Leaves messages to be read behind {@link CallGuard}, as Helidon's gRPC would leave the caller of
 * one that cannot be read without an answer; and no further than they may be large.
 */
record RawMessages(MessageLimit limit) implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream message) {
        return message;
    }

    /** What has no length yet was compressed. */
    @Override
    public InputStream parse(InputStream message) {
        return message instanceof KnownLength ? message : new Limited(message, limit);
    }

    private static final class Limited extends FilterInputStream {
        private final MessageLimit limit;
        private long taken;

        Limited(InputStream in, MessageLimit limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            int count = super.read(to, at, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            taken += bytes;
            if (taken > limit.bytesMax()) {
                throw limit.exceeded(taken).asRuntimeException();
            }
        }
    }
}
