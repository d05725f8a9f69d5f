package dev.treadle.server.grpc.http2;

import static dev.treadle.server.grpc.http2.ConnectionFault.require;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.http2.Http2ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a connection sends: the calls' parts in turns, as far as the client's windows reach. One
 * thread writes it all, so that an interrupt of a call never falls on the socket, which would close
 * it. Safe for threads.
 */
final class Outbox implements Runnable {
    /** A call that has less than this to send is ready for more. */
    static final int ROOM = 32 * 1024;

    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
    private static final int BATCH_BYTES = 64 * 1024;
    private static final int WAITING_MAX = 10_000;
    private static final int WINDOW_USUAL = 65_535;

    private final DataWriter to;
    private final Runnable onEnd;
    private final Deque<byte[]> frames = new ArrayDeque<>();

    /** Calls that may send. */
    private final Deque<Outgoing> turns = new ArrayDeque<>();

    /** Calls that wait for the connection's window. */
    private final Deque<Outgoing> blocked = new ArrayDeque<>();

    private long window = WINDOW_USUAL;
    private long windowOfCalls = WINDOW_USUAL;
    private boolean isEnding;
    private boolean isOver;

    /**
     * @param onEnd called when nothing more will be written
     */
    Outbox(DataWriter to, Runnable onEnd) {
        this.to = to;
        this.onEnd = onEnd;
    }

    /** Makes room for a call. */
    synchronized Outgoing open(int stream, Runnable onRoom, Runnable onEnd) {
        return new Outgoing(stream, windowOfCalls, onRoom, onEnd);
    }

    /** Sends a frame that no window holds back. */
    synchronized void send(Frame frame) {
        require(
                frames.size() < WAITING_MAX,
                Http2ErrorCode.ENHANCE_YOUR_CALM,
                "a client that asks and does not read");
        if (!isOver) {
            frames.add(frame.bytes());
            notifyAll();
        }
    }

    /** Sends a part of a call; returns at once. */
    synchronized void send(Outgoing call, Outgoing.Part part) {
        if (part.isHeaders() && part.bytes().length > Frame.PAYLOAD_MAX) {
            reset(call, Http2ErrorCode.INTERNAL); // no answer has so many
            return;
        }
        call.add(part);
        queue(call);
    }

    private void queue(Outgoing call) {
        if (call.mayQueue()) {
            call.queued(true);
            turns.add(call);
            notifyAll();
        }
    }

    /** Ends a call at once. */
    synchronized void reset(Outgoing call, Http2ErrorCode code) {
        if (!call.isOver()) {
            abandon(call);
            send(Frame.reset(call.stream(), code));
        }
    }

    /** Forgets a call that the client has ended, wherever it waits: many may be ended so. */
    synchronized void abandon(Outgoing call) {
        call.end();
        if (turns.remove(call) || blocked.remove(call)) {
            call.queued(false);
        }
        notifyAll();
    }

    synchronized boolean hasRoom(Outgoing call) {
        return call.bytes() < ROOM;
    }

    /** Waits until what a call sent before is nearly gone, or the call is over. */
    synchronized void awaitRoom(Outgoing call) throws InterruptedException {
        while (call.bytes() >= ROOM && !call.isOver() && !isOver) {
            wait();
        }
    }

    /** The client takes more of all calls together. */
    synchronized void grow(int more) {
        window += more;
        require(
                window <= Integer.MAX_VALUE,
                Http2ErrorCode.FLOW_CONTROL,
                "a window of %d bytes".formatted(window));
        for (Outgoing call = blocked.poll(); call != null; call = blocked.poll()) {
            turns.add(call);
        }
        notifyAll();
    }

    /** The client takes more of a call. */
    synchronized void grow(Outgoing call, int more) {
        if (!call.grow(more)) {
            reset(call, Http2ErrorCode.FLOW_CONTROL);
        }
        queue(call);
    }

    /** The client takes another amount of each call than before. */
    synchronized void windowOfCalls(int bytes, Iterable<Outgoing> calls) {
        long more = bytes - windowOfCalls;
        windowOfCalls = bytes;
        for (Outgoing call : calls) {
            require(
                    call.grow(more),
                    Http2ErrorCode.FLOW_CONTROL,
                    "a window of more than 2^31-1 bytes");
            queue(call);
        }
    }

    /** Has the thread end when it has sent what may be sent. */
    synchronized void end() {
        isEnding = true;
        notifyAll();
    }

    @Override
    public void run() {
        byte[] batch = new byte[BATCH_BYTES];
        try {
            for (int length = fill(batch); length > 0; length = fill(batch)) {
                to.writeNow(BufferData.create(batch, 0, length));
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.TRACE, "a client of gRPC is gone", e);
        } finally {
            stop();
            onEnd.run();
        }
    }

    private synchronized void stop() {
        isOver = true;
        frames.clear();
        notifyAll();
    }

    /** Waits for something to send; 0 when there will be nothing. */
    private synchronized int fill(byte[] batch) {
        while (true) {
            int length = putTurns(batch, putFrames(batch));
            if (length > 0 || isEnding) {
                return length;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                return 0;
            }
        }
    }

    private int putFrames(byte[] batch) {
        int length = 0;
        while (!frames.isEmpty() && length + frames.getFirst().length <= batch.length) {
            byte[] frame = frames.removeFirst();
            System.arraycopy(frame, 0, batch, length, frame.length);
            length += frame.length;
        }
        return length;
    }

    private int putTurns(byte[] batch, int filled) {
        int length = filled;
        while (!turns.isEmpty()
                && length + Frame.HEADER_BYTES + Frame.PAYLOAD_MAX <= batch.length) {
            Outgoing call = turns.removeFirst();
            if (!call.isEmpty() && !call.hasHeaders() && window <= 0) {
                blocked.add(call);
                continue;
            }
            call.queued(false);
            if (call.mayQueue()) {
                length = put(call, batch, length);
                queue(call);
            }
        }
        return length;
    }

    private int put(Outgoing call, byte[] batch, int at) {
        boolean isMessage = !call.hasHeaders();
        boolean wasFull = call.bytes() >= ROOM;
        int length = call.nextLength(Math.min(window, Frame.PAYLOAD_MAX));
        call.put(batch, at, length);
        window -= isMessage ? length : 0;
        if (wasFull && call.bytes() < ROOM) {
            notifyAll();
            call.roomCame();
        }
        return at + Frame.HEADER_BYTES + length;
    }
}
