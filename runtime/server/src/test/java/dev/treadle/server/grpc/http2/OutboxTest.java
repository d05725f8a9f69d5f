package dev.treadle.server.grpc.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.server.grpc.http2.Outgoing.Part;
import dev.treadle.testkit.Eventually;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.http2.Http2ErrorCode;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int WINDOW = 65_535;
    private static final Part LAST = new Part(true, true, new byte[] {1});

    private final Wire wire = new Wire();
    private final AtomicInteger rooms = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final Outbox outbox = new Outbox(wire, ends::incrementAndGet);
    private Thread writer;

    @BeforeEach
    void start() {
        writer = Thread.ofVirtual().start(outbox);
    }

    @AfterEach
    void end() throws InterruptedException {
        outbox.end();
        writer.join();
    }

    private Outgoing call(int stream) {
        return outbox.open(stream, rooms::incrementAndGet, ends::incrementAndGet);
    }

    private static Part message(int length) {
        return new Part(false, false, new byte[length]);
    }

    @Test
    void aCallSendsAsMuchAsItsClientTakesAndTheRestLater() throws Exception {
        outbox.grow(1 << 20);
        Outgoing call = call(1);
        outbox.send(call, message(100_000));
        outbox.send(call, LAST);
        Eventually.holds(() -> wire.bytes(1) == WINDOW);
        assertThat(outbox.hasRoom(call)).isFalse();
        outbox.grow(call, 100_000);
        Eventually.holds(() -> wire.types(1).getLast() == Frame.HEADERS);
        assertThat(wire.bytes(1)).isEqualTo(100_000);
        assertThat(rooms).hasValue(1);
        assertThat(ends).hasValue(1);
    }

    @Test
    void callsTakeTurnsInTheConnectionsWindow() throws Exception {
        Outgoing one = call(1);
        Outgoing other = call(3);
        synchronized (outbox) {
            outbox.send(one, message(60_000));
            outbox.send(other, message(60_000));
        }
        Eventually.holds(() -> wire.bytes(1) + wire.bytes(3) == WINDOW);
        assertThat(wire.bytes(1)).isBetween(30_000, 35_000);
        outbox.send(call(5), LAST);
        Eventually.holds(() -> wire.types(5).contains(Frame.HEADERS));
        outbox.grow(1 << 20);
        Eventually.holds(() -> wire.bytes(1) + wire.bytes(3) == 120_000);
    }

    @Test
    void aSmallerWindowOfCallsIsOwed() throws Exception {
        outbox.grow(1 << 20);
        Outgoing call = call(1);
        outbox.send(call, message(WINDOW + 10));
        Eventually.holds(() -> wire.bytes(1) == WINDOW);
        outbox.windowOfCalls(WINDOW - 100, List.of(call));
        outbox.grow(call, 100);
        outbox.grow(call, 1);
        Eventually.holds(() -> wire.bytes(1) == WINDOW + 1);
    }

    @Test
    void aCallThatIsResetSendsNoMore() throws Exception {
        Outgoing call = call(1);
        outbox.send(call, message(WINDOW + 10));
        Eventually.holds(() -> wire.bytes(1) == WINDOW);
        outbox.reset(call, Http2ErrorCode.CANCEL);
        outbox.send(call, LAST);
        outbox.awaitRoom(call);
        outbox.end();
        writer.join();
        assertThat(wire.types(1)).last().isEqualTo(Frame.RST_STREAM);
        assertThat(ends).hasValue(1);
    }

    @Test
    void callsThatAreResetWhileTheyWaitAreForgotten() {
        outbox.send(call(1), message(WINDOW));
        Eventually.holds(() -> wire.bytes(1) == WINDOW);
        WeakReference<Outgoing> abandoned = waiting(3, outbox::abandon);
        WeakReference<Outgoing> reset =
                waiting(5, call -> outbox.reset(call, Http2ErrorCode.CANCEL));
        outbox.send(call(7), message(1));
        Eventually.holds(
                () -> {
                    System.gc();
                    return abandoned.refersTo(null) && reset.refersTo(null);
                });
        outbox.grow(10);
        Eventually.holds(() -> wire.bytes(7) == 1);
        assertThat(wire.bytes(3) + wire.bytes(5)).isZero();
    }

    /** A call that waits for the connection's window and is then ended. */
    private WeakReference<Outgoing> waiting(int stream, Consumer<Outgoing> end) {
        Outgoing call = call(stream);
        outbox.send(call, message(1));
        end.accept(call);
        return new WeakReference<>(call);
    }

    /** Takes frames apart. */
    private static final class Wire implements DataWriter {
        private final List<Frame> frames = new ArrayList<>();

        @Override
        public synchronized void writeNow(BufferData buffer) {
            byte[] bytes = new byte[buffer.available()];
            buffer.read(bytes);
            ByteBuffer from = ByteBuffer.wrap(bytes);
            while (from.hasRemaining()) {
                int lengthAndType = from.getInt();
                byte flags = from.get();
                int stream = from.getInt();
                byte[] payload = new byte[lengthAndType >>> 8];
                from.get(payload);
                frames.add(new Frame(lengthAndType & 0xFF, flags, stream, payload));
            }
        }

        synchronized int bytes(int stream) {
            return frames.stream()
                    .filter(each -> each.stream() == stream && each.type() == Frame.DATA)
                    .mapToInt(each -> each.payload().length)
                    .sum();
        }

        synchronized List<Integer> types(int stream) {
            return frames.stream()
                    .filter(each -> each.stream() == stream)
                    .map(Frame::type)
                    .toList();
        }

        @Override
        public void write(BufferData... buffers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(BufferData buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void writeNow(BufferData... buffers) {
            throw new UnsupportedOperationException();
        }
    }
}
