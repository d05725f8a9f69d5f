package dev.treadle.server.grpc.http2;

import static dev.treadle.server.grpc.http2.ConnectionFault.require;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client's connection, RFC 9113 as far as calls of gRPC need it. */
final class Connection implements ServerConnection, InterruptableTask<Void> {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final int WINDOW = 4 << 20;
    private static final int WINDOW_USUAL = 65_535;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final FrameReader reader;
    private final Outbox outbox;
    private final Calls calls;
    private final HeaderBlocks blocks = new HeaderBlocks();
    private int owed;
    private volatile @Nullable Thread thread;
    private volatile boolean isDraining;
    private volatile long quietSince = System.nanoTime();

    Connection(ConnectionContext context, Requests requests, MessageLimit limit) {
        this.reader = new FrameReader(context.dataReader());
        this.outbox = new Outbox(context.dataWriter(), this::interrupt);
        this.calls = new Calls(context, requests, limit, outbox, this::idle);
    }

    @Override
    public void handle(Limit limit) {
        thread = Thread.currentThread();
        Thread writer = Thread.ofVirtual().name("grpc-writer").start(outbox);
        try {
            greet();
            reader.preface();
            read();
        } catch (ConnectionFault e) {
            LOG.log(System.Logger.Level.DEBUG, "a client of gRPC: {0}", e.getMessage());
            outbox.send(Frame.goAway(calls.last(), e.code()));
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.TRACE, "a client of gRPC is gone", e);
        } finally {
            thread = null;
            calls.cancel();
            outbox.end();
            await(writer);
        }
    }

    private void greet() {
        ByteBuffer settings = ByteBuffer.allocate(12);
        settings.putShort((short) MAX_CONCURRENT_STREAMS).putInt(Calls.MAX);
        settings.putShort((short) INITIAL_WINDOW_SIZE).putInt(Inbox.WINDOW);
        outbox.send(new Frame(Frame.SETTINGS, 0, 0, settings.array()));
        outbox.send(Frame.windowUpdate(0, WINDOW - WINDOW_USUAL));
    }

    private void read() {
        for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
            quietSince = System.nanoTime();
            take(frame.get());
        }
    }

    private static void await(Thread writer) {
        Thread.interrupted(); // it has done its work
        try {
            if (!writer.join(LAST_WORDS)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void take(Frame frame) {
        boolean isHeaders = frame.type() == Frame.HEADERS || frame.type() == Frame.CONTINUATION;
        require(
                isHeaders || !blocks.isOpen(),
                Http2ErrorCode.PROTOCOL,
                "a frame between those of headers");
        switch (frame.type()) {
            case Frame.DATA -> data(frame);
            case Frame.HEADERS, Frame.CONTINUATION -> headers(frame);
            case Frame.RST_STREAM -> {
                requireLength(frame, 4);
                calls.reset(frame);
            }
            case Frame.SETTINGS -> settings(frame);
            case Frame.PING -> ping(frame);
            case Frame.WINDOW_UPDATE -> windowUpdate(frame);
            case Frame.PUSH_PROMISE ->
                    throw new ConnectionFault(
                            Http2ErrorCode.PROTOCOL, "a client does not push promises");
            case Frame.PRIORITY -> requireLength(frame, 5);
            case Frame.GOAWAY ->
                    require(frame.stream() == 0, Http2ErrorCode.PROTOCOL, "a stream's farewell");
            default -> {} // what nobody knows is to be ignored
        }
    }

    private void data(Frame frame) {
        owed += frame.payload().length;
        if (owed >= WINDOW / 4) {
            outbox.send(Frame.windowUpdate(0, owed));
            owed = 0;
        }
        calls.data(frame);
    }

    private void headers(Frame frame) {
        blocks.add(frame).ifPresent(calls::headers);
    }

    private void settings(Frame frame) {
        require(frame.stream() == 0, Http2ErrorCode.PROTOCOL, "settings of a stream");
        if (frame.has(Frame.ACK)) {
            requireLength(frame, 0);
            return;
        }
        ClientSettings.read(frame.payload()).window().ifPresent(calls::window);
        outbox.send(new Frame(Frame.SETTINGS, Frame.ACK, 0, new byte[0]));
    }

    private void ping(Frame frame) {
        requireLength(frame, 8);
        require(frame.stream() == 0, Http2ErrorCode.PROTOCOL, "a ping of a stream");
        if (!frame.has(Frame.ACK)) {
            outbox.send(new Frame(Frame.PING, Frame.ACK, 0, frame.payload()));
        }
    }

    private void windowUpdate(Frame frame) {
        requireLength(frame, 4);
        int more = frame.number(0) & Integer.MAX_VALUE;
        require(more > 0, Http2ErrorCode.PROTOCOL, "a window that grows by nothing");
        if (frame.stream() == 0) {
            outbox.grow(more);
        } else {
            calls.grow(frame, more);
        }
    }

    private static void requireLength(Frame frame, int length) {
        require(
                frame.payload().length == length,
                Http2ErrorCode.FRAME_SIZE,
                "a frame of type %d with %d bytes".formatted(frame.type(), frame.payload().length));
    }

    // ---- in other threads

    @Override
    public Duration idleTime() {
        return calls.isIdle() ? Duration.ofNanos(System.nanoTime() - quietSince) : Duration.ZERO;
    }

    @Override
    public boolean canInterrupt() {
        return isDraining && calls.isIdle();
    }

    /** Has the client go elsewhere with new calls; waits for none of those that run. */
    @Override
    public void close(boolean interrupt) {
        isDraining = true;
        outbox.send(Frame.goAway(calls.refuseMore(), Http2ErrorCode.NO_ERROR));
        if (interrupt) {
            interrupt();
        } else {
            idle();
        }
    }

    private void idle() {
        quietSince = System.nanoTime();
        if (isDraining && calls.isIdle()) {
            outbox.end();
        }
    }

    /** Also when the outbox has ended. */
    private void interrupt() {
        Thread known = thread;
        if (known != null) {
            known.interrupt();
        }
    }
}
