package dev.treadle.server.grpc.http2;

import io.grpc.Status;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call: a stream of HTTP/2, what has come on it and what the service has asked for. Safe for
 * threads.
 */
final class Call {
    private final Outbox outbox;
    private final Outgoing outgoing;
    private final MessageLimit limit;
    private final Inbox inbox;
    private volatile @Nullable GuardedCall<?, ?> guarded;

    // guarded by this
    private @Nullable Status failure;
    private long demand;
    private boolean isReady;
    private boolean clientEnded;
    private boolean toldEnd;
    private boolean isOver;
    private boolean isCancelled;

    /** What the call's thread has to do next. */
    enum Step {
        FAIL,
        READY,
        MESSAGE,
        HALF_CLOSE,
        END
    }

    /**
     * @param clientEnded whether no message follows
     * @param onSent called with the call when the answer is sent
     */
    Call(
            int stream,
            Outbox outbox,
            MessageLimit limit,
            boolean clientEnded,
            Consumer<Call> onSent) {
        this.outbox = outbox;
        this.outgoing = outbox.open(stream, this::roomCame, () -> onSent.accept(this));
        this.limit = limit;
        this.inbox = new Inbox(limit.bytesMax());
        this.clientEnded = clientEnded;
    }

    int stream() {
        return outgoing.stream();
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** Where the service's side of the call writes. */
    CallWriter writer() {
        return new CallWriter(outbox, outgoing, this::over);
    }

    /** Begins, on a thread of its own. */
    void start(SubProtocolHandler handler, Runnable onGone) {
        Thread.ofVirtual().name("grpc-" + stream()).start(new CallRun(this, handler, onGone));
    }

    // ---- from the client

    /**
     * Takes what a frame carries.
     *
     * @param frameBytes how much it takes of the client's window
     */
    void data(byte[] data, int frameBytes, boolean isLast) {
        Http2ErrorCode fault = null;
        int granted = 0;
        synchronized (this) {
            if (clientEnded) {
                fault = Http2ErrorCode.STREAM_CLOSED;
            } else if (!inbox.mayCome(frameBytes)) {
                fault = Http2ErrorCode.FLOW_CONTROL;
            } else {
                granted = take(data, isLast);
                notifyAll();
            }
        }
        grant(granted);
        if (fault != null) {
            outbox.reset(outgoing, fault);
            cancel();
        }
    }

    private int take(byte[] data, boolean isLast) {
        if (!isOver && failure == null) {
            long tooLarge = inbox.add(data);
            if (tooLarge > 0) {
                failure = limit.exceeded(tooLarge);
            } else if (isLast && inbox.hasRest()) {
                failure = Status.INVALID_ARGUMENT.withDescription("the message is cut off");
            }
        }
        clientEnded = isLast;
        return isLast ? 0 : inbox.grant();
    }

    private void grant(int bytes) {
        if (bytes > 0) {
            outbox.send(Frame.windowUpdate(stream(), bytes));
        }
    }

    /** The client sends no more. */
    void end() {
        data(new byte[0], 0, true);
    }

    synchronized boolean clientEnded() {
        return clientEnded;
    }

    /** The client does not want the call any more, or is gone. */
    void cancel() {
        synchronized (this) {
            isCancelled = true;
            isOver = true;
            notifyAll();
        }
        outbox.abandon(outgoing);
        GuardedCall<?, ?> known = guarded;
        if (known != null) {
            known.cancelled();
        }
    }

    // ---- from the service

    void guardedBy(GuardedCall<?, ?> call) {
        guarded = call;
    }

    @Nullable GuardedCall<?, ?> guarded() {
        return guarded;
    }

    synchronized void request(int messages) {
        demand += messages;
        notifyAll();
    }

    boolean isReady() {
        return outbox.hasRoom(outgoing);
    }

    /** Waits until the client has taken nearly all that was sent, or does not want it. */
    void awaitRoom() throws InterruptedException {
        outbox.awaitRoom(outgoing);
    }

    synchronized boolean isCancelled() {
        return isCancelled;
    }

    /** Ends the call without an answer. */
    void reset(Http2ErrorCode code) {
        outbox.reset(outgoing, code);
        over();
    }

    private synchronized void roomCame() {
        isReady = true;
        notifyAll();
    }

    private synchronized void over() {
        isOver = true;
        notifyAll();
    }

    // ---- from the call's thread

    /** Waits for something to do. */
    synchronized Step next() {
        while (true) {
            if (isOver) {
                return Step.END;
            }
            if (failure != null) {
                return Step.FAIL;
            }
            if (isReady) {
                isReady = false;
                return Step.READY;
            }
            if (demand > 0 && !inbox.isEmpty()) {
                demand--;
                return Step.MESSAGE;
            }
            if (clientEnded && !toldEnd && inbox.isEmpty()) {
                toldEnd = true;
                return Step.HALF_CLOSE;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                continue; // it was meant for the service, which is not here
            }
        }
    }

    synchronized Status failure() {
        return failure == null ? Status.OK : failure;
    }

    /** The next message with its prefix; lets the client send on. */
    byte[] poll() {
        byte[] message;
        int granted;
        synchronized (this) {
            message = inbox.poll();
            granted = clientEnded ? 0 : inbox.grant();
        }
        grant(granted);
        return message == null ? new byte[0] : message;
    }
}
