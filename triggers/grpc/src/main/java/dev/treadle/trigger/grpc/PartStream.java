package dev.treadle.trigger.grpc;

import com.google.protobuf.ByteString;
import dev.treadle.Response;
import dev.treadle.trigger.grpc.v1.InvokePart;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.OutputStream;

/** A function's stream as parts: one for each flush, and for as much as is kept. For one thread. */
final class PartStream extends OutputStream {
    private static final int KEPT_MAX = 32 * 1024;

    private final ServerCallStreamObserver<InvokePart> to;
    private final Response head;
    private final ByteString.Output kept = ByteString.newOutput();
    private boolean begun;

    PartStream(ServerCallStreamObserver<InvokePart> to, Response head) {
        this.to = to;
        this.head = head;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int now = Math.min(length - done, KEPT_MAX - kept.size());
            kept.write(bytes, offset + done, now);
            done += now;
            if (kept.size() == KEPT_MAX) {
                send();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (kept.size() > 0) {
            send();
        }
    }

    /** Sends what is kept, and the head if nothing was sent. */
    void finish() throws IOException {
        if (!begun || kept.size() > 0) {
            send();
        }
    }

    private void send() throws IOException {
        if (to.isCancelled()) {
            throw new IOException("the caller has gone");
        }
        InvokePart.Builder part = InvokePart.newBuilder().setData(kept.toByteString());
        if (!begun) {
            part.setHead(GrpcAnswers.of(head, ByteString.EMPTY));
        }
        begun = true;
        kept.reset();
        to.onNext(part.build());
    }
}
