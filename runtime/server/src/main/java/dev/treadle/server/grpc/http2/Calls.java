package dev.treadle.server.grpc.http2;

import static dev.treadle.server.grpc.http2.ConnectionFault.require;

import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Headers;
import io.helidon.webserver.ConnectionContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of a connection. What comes from the client comes in the connection's thread. */
final class Calls {
    /** At a time. */
    static final int MAX = 1_000;

    /** Calls that the client has left may still run; with them there are never more. */
    private static final int RUNNING_MAX = 2 * MAX;

    private final ConnectionContext context;
    private final Requests requests;
    private final MessageLimit limit;
    private final Outbox outbox;
    private final Runnable onIdle;
    private final Map<Integer, Call> open = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile int last;

    /** The last call that is taken; the client makes those after it elsewhere. Guarded by this. */
    private int lastTaken = Integer.MAX_VALUE;

    /**
     * @param onIdle called when a call has ended and there is no other
     */
    Calls(
            ConnectionContext context,
            Requests requests,
            MessageLimit limit,
            Outbox outbox,
            Runnable onIdle) {
        this.context = context;
        this.requests = requests;
        this.limit = limit;
        this.outbox = outbox;
        this.onIdle = onIdle;
    }

    boolean isIdle() {
        return running.get() == 0 && open.isEmpty();
    }

    int last() {
        return last;
    }

    /** Takes no more calls in; returns the last one that it has taken. */
    synchronized int refuseMore() {
        lastTaken = Math.min(lastTaken, last);
        return lastTaken;
    }

    private synchronized boolean takes(int stream) {
        last = stream;
        return stream <= lastTaken;
    }

    /** Takes a request, or a client's trailers. */
    void headers(HeaderBlocks.Block block) {
        require(
                block.stream() % 2 == 1,
                Http2ErrorCode.PROTOCOL,
                "a stream with the number %d, which is no client's".formatted(block.stream()));
        Call known = open.get(block.stream());
        if (known != null || block.stream() <= last) {
            require(
                    known != null || block.endsStream(),
                    Http2ErrorCode.STREAM_CLOSED,
                    "headers on a stream that is closed");
            if (known != null) {
                trailers(known, block);
            }
            return;
        }
        if (takes(block.stream())) {
            begin(block);
        }
    }

    private void trailers(Call call, HeaderBlocks.Block block) {
        if (block.endsStream()) {
            call.end();
        } else {
            outbox.reset(call.outgoing(), Http2ErrorCode.PROTOCOL);
            call.cancel();
        }
    }

    private void begin(HeaderBlocks.Block block) {
        Optional<Request> request = block.headers().map(Request::of);
        if (request.isEmpty()) {
            outbox.send(Frame.reset(block.stream(), Http2ErrorCode.ENHANCE_YOUR_CALM));
            return;
        }
        if (!request.get().isWhole()) {
            outbox.send(Frame.reset(block.stream(), Http2ErrorCode.PROTOCOL));
            return;
        }
        if (running.get() >= RUNNING_MAX || open.size() >= RUNNING_MAX) {
            outbox.send(Frame.reset(block.stream(), Http2ErrorCode.REFUSED_STREAM));
            return;
        }
        Call call = new Call(block.stream(), outbox, limit, block.endsStream(), this::sent);
        open.put(block.stream(), call);
        Optional<Http2Headers> refusal = requests.refusal(request.get());
        if (refusal.isPresent()) {
            call.writer().end(refusal.get());
            return;
        }
        running.incrementAndGet();
        call.start(requests.handler(context, request.get(), call), () -> gone(call));
    }

    /** In the writing thread. */
    private void sent(Call call) {
        if (!call.clientEnded()) {
            outbox.send(Frame.reset(call.stream(), Http2ErrorCode.NO_ERROR));
        }
        open.remove(call.stream());
        tellIdle();
    }

    /** In the call's thread. */
    private void gone(Call call) {
        if (call.outgoing().isOver()) {
            open.remove(call.stream());
        }
        running.decrementAndGet();
        tellIdle();
    }

    private void tellIdle() {
        if (isIdle()) {
            onIdle.run();
        }
    }

    void data(Frame frame) {
        requireBegun(frame);
        byte[] data = FrameReader.content(frame);
        Call call = open.get(frame.stream());
        if (call != null) {
            call.data(data, frame.payload().length, frame.has(Frame.END_STREAM));
        }
    }

    void reset(Frame frame) {
        requireBegun(frame);
        Call call = open.remove(frame.stream());
        if (call != null) {
            call.cancel();
        }
    }

    void grow(Frame frame, int more) {
        requireBegun(frame);
        Call call = open.get(frame.stream());
        if (call != null) {
            outbox.grow(call.outgoing(), more);
        }
    }

    private void requireBegun(Frame frame) {
        require(
                frame.stream() % 2 == 1 && frame.stream() <= last,
                Http2ErrorCode.PROTOCOL,
                "a frame of a stream that was not begun, %d".formatted(frame.stream()));
    }

    /** The client takes another amount of each call than before. */
    void window(int bytes) {
        outbox.windowOfCalls(bytes, open.values().stream().map(Call::outgoing).toList());
    }

    /** The client is gone. */
    void cancel() {
        open.values().forEach(Call::cancel);
    }
}
