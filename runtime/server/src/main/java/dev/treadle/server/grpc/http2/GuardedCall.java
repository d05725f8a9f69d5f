package dev.treadle.server.grpc.http2;

import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.helidon.http.http2.Http2ErrorCode;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call as services see it: it takes as many messages as they ask for, says whether the client
 * reads, ends once, and is cancelled as soon as the client is gone or its time is over. Safe for
 * threads.
 */
final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Call call;
    private final Context.CancellableContext context;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private volatile ServerCall.@Nullable Listener<Q> service;
    private volatile @Nullable Future<?> timer;

    /**
     * @param context what the service runs in
     */
    GuardedCall(ServerCall<Q, A> helidon, Call call, Context.CancellableContext context) {
        super(helidon);
        this.call = call;
        this.context = context;
    }

    // ---- from the call's thread, the connection's or a timer

    /** Has the service hear of the client. */
    void begun(ServerCall.Listener<Q> listener) {
        service = listener;
        if (call.isCancelled()) {
            cancelled();
        } else if (isClosed.get()) {
            over();
        }
    }

    /** Who is called; there once it has begun. */
    ServerCall.Listener<Q> service() {
        return Objects.requireNonNull(service);
    }

    void endedBy(Future<?> deadline) {
        timer = deadline;
    }

    /** Lets Helidon's gRPC hand over one message. */
    void takeOne() {
        delegate().request(1);
    }

    void ready() {
        ServerCall.Listener<Q> known = service;
        if (known != null && !isEnded.get()) {
            known.onReady();
        }
    }

    /** The client is gone. */
    void cancelled() {
        isClosed.set(true);
        tellCancelled();
    }

    /** Ends the call with a failure and tells the service. */
    void abort(Status status) {
        if (isClosed.compareAndSet(false, true)) {
            if (call.isReady()) {
                synchronized (this) {
                    super.close(StatusText.encoded(status), new Metadata());
                }
            } else {
                call.reset(Http2ErrorCode.CANCEL);
            }
        }
        tellCancelled();
    }

    private void tellCancelled() {
        ServerCall.Listener<Q> known = service;
        if (known != null && isEnded.compareAndSet(false, true)) {
            over();
            known.onCancel();
        }
    }

    /** All went well; for Helidon's gRPC, which says so when it has closed the call. */
    void completed() {
        ServerCall.Listener<Q> known = service;
        if (known != null && !call.isCancelled() && isEnded.compareAndSet(false, true)) {
            known.onComplete();
        }
        over();
    }

    private void over() {
        context.cancel(null);
        Future<?> known = timer;
        if (known != null) {
            known.cancel(false);
        }
    }

    // ---- from the service

    @Override
    public void request(int messages) {
        call.request(messages);
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public boolean isCancelled() {
        return isEnded.get() || call.isCancelled();
    }

    @Override
    public void sendHeaders(Metadata headers) {
        synchronized (this) {
            if (!isClosed.get()) {
                super.sendHeaders(headers);
            }
        }
    }

    /** Waits while the client has not taken what was sent before. */
    @Override
    public void sendMessage(A message) {
        try {
            call.awaitRoom();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED
                    .withDescription("interrupted while the caller did not read")
                    .asRuntimeException();
        }
        synchronized (this) {
            if (!isClosed.get()) {
                super.sendMessage(message);
            }
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (isClosed.compareAndSet(false, true)) {
            synchronized (this) {
                super.close(StatusText.encoded(status), trailers);
            }
        }
    }
}
