package dev.treadle.server.grpc.http2;

import io.grpc.Status;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;

/**
 * A call's thread: hands Helidon's gRPC one message at a time, each whole, when the service has
 * asked for it. The service may block in it and may be interrupted.
 */
record CallRun(Call call, SubProtocolHandler handler, Runnable onGone) implements Runnable {
    /** The call that begins on this thread. */
    static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

    private static final System.Logger LOG = System.getLogger(CallRun.class.getName());

    @Override
    public void run() {
        try {
            begin();
            for (Call.Step step = call.next(); step != Call.Step.END; step = call.next()) {
                take(step);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a call over gRPC failed", e);
            fail(Status.INTERNAL.withDescription("Treadle itself failed; see the node's log"));
        } finally {
            onGone.run();
        }
    }

    private void begin() {
        try {
            ScopedValue.where(CURRENT, call).run(handler::init);
        } catch (IllegalArgumentException e) {
            if (call.guarded() != null) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "a client of gRPC sends odd metadata", e);
            call.writer()
                    .end(
                            Requests.failed(
                                    Status.Code.INVALID_ARGUMENT, "the metadata cannot be read"));
        }
    }

    private void take(Call.Step step) {
        switch (step) {
            case FAIL -> fail(call.failure());
            case READY -> guarded().ready();
            case MESSAGE -> {
                guarded().takeOne();
                handler.data(frame(0), BufferData.create(call.poll()));
            }
            case HALF_CLOSE -> handler.data(frame(Http2Flag.END_OF_STREAM), BufferData.empty());
            case END -> {}
        }
    }

    private void fail(Status status) {
        GuardedCall<?, ?> guarded = call.guarded();
        if (guarded == null) {
            call.reset(Http2ErrorCode.INTERNAL);
        } else {
            guarded.abort(status);
        }
    }

    private GuardedCall<?, ?> guarded() {
        GuardedCall<?, ?> guarded = call.guarded();
        if (guarded == null) {
            throw new IllegalStateException("no service has begun with the call");
        }
        return guarded;
    }

    private Http2FrameHeader frame(int flags) {
        return Http2FrameHeader.create(
                0, Http2FrameTypes.DATA, Http2Flag.DataFlags.create(flags), call.stream());
    }
}
