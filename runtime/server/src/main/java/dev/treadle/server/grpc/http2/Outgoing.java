package dev.treadle.server.grpc.http2;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a call has to send. Guarded by its connection's {@link Outbox}. */
final class Outgoing {
    private final int stream;
    private final Runnable onRoom;
    private final Runnable onEnd;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long window;
    private long bytes;
    private int sentOfFirst;
    private boolean isWaiting;
    private boolean isLast;
    private boolean isOver;

    /** Headers, trailers or a message. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares parts
    record Part(boolean isHeaders, boolean endsStream, byte[] bytes) {}

    /**
     * @param onRoom called when more may be sent; briefly, and with nothing of the outbox in it
     * @param onEnd called when all is sent; briefly
     */
    Outgoing(int stream, long window, Runnable onRoom, Runnable onEnd) {
        this.stream = stream;
        this.window = window;
        this.onRoom = onRoom;
        this.onEnd = onEnd;
    }

    int stream() {
        return stream;
    }

    /** Whether nothing more will be sent. */
    boolean isOver() {
        return isOver;
    }

    /** How much of messages waits. */
    long bytes() {
        return bytes;
    }

    /** Keeps a part, unless the last one was there. */
    void add(Part part) {
        if (isOver || isLast) {
            return;
        }
        parts.add(part);
        isLast = part.endsStream();
        bytes += part.isHeaders() ? 0 : part.bytes().length;
    }

    /** Forgets what waits; nothing more will be sent. */
    void end() {
        isOver = true;
        parts.clear();
        bytes = 0;
    }

    /** Lets the client's window grow or shrink; false when it would be larger than may be. */
    boolean grow(long more) {
        window += more;
        return window <= Integer.MAX_VALUE;
    }

    /** Whether a part may go, as far as this call is concerned, which is not in a queue yet. */
    boolean mayQueue() {
        return !isWaiting && !parts.isEmpty() && (parts.getFirst().isHeaders() || window > 0);
    }

    void queued(boolean waits) {
        isWaiting = waits;
    }

    boolean hasHeaders() {
        return !parts.isEmpty() && parts.getFirst().isHeaders();
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** How large the next frame's payload is, when one of a message may have so much. */
    int nextLength(long messageBytesMax) {
        int left = parts.getFirst().bytes().length - sentOfFirst;
        return hasHeaders() ? left : (int) Math.min(left, Math.min(window, messageBytesMax));
    }

    /** Puts the next frame; its payload has that length. */
    void put(byte[] to, int at, int length) {
        Part part = parts.getFirst();
        int type = part.isHeaders() ? Frame.HEADERS : Frame.DATA;
        int flags = part.isHeaders() ? Frame.END_HEADERS : 0;
        int end = part.endsStream() ? Frame.END_STREAM : 0;
        Frame.putHeader(to, at, length, type, flags | end, stream);
        System.arraycopy(part.bytes(), sentOfFirst, to, at + Frame.HEADER_BYTES, length);
        sentOfFirst += length;
        if (!part.isHeaders()) {
            window -= length;
            bytes -= length;
        }
        if (sentOfFirst == part.bytes().length) {
            sentOfFirst = 0;
            parts.removeFirst();
            if (part.endsStream()) {
                isOver = true;
                onEnd.run();
            }
        }
    }

    /** Tells the call that it may send more. */
    void roomCame() {
        onRoom.run();
    }
}
