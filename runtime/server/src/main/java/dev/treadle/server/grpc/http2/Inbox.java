package dev.treadle.server.grpc.http2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Messages that come to a call, put together from the frames that they are cut into. The client may
 * send on only while nothing whole waits here. Guarded by its {@link Call}.
 */
final class Inbox {
    /** How much a client may send of one call before it is told to go on. */
    static final int WINDOW = 1 << 20;

    private static final int PREFIX_BYTES = 5;
    private static final int FIRST_BYTES = 1024;

    private final long bytesMax;
    private final Deque<byte[]> messages = new ArrayDeque<>();
    private byte[] message = new byte[FIRST_BYTES];
    private int filled;
    private long window = WINDOW;
    private int owed;

    /**
     * @param bytesMax of a message
     */
    Inbox(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Whether the client was allowed to send so much. */
    boolean mayCome(int bytes) {
        window -= bytes;
        owed += bytes;
        return window >= 0;
    }

    /**
     * Takes what a frame carries.
     *
     * @return the size of a message that is too large; 0 when none is
     */
    long add(byte[] data) {
        int at = 0;
        while (at < data.length) {
            at += fill(data, at, Math.min(data.length - at, missing()));
            if (filled >= PREFIX_BYTES && size() > bytesMax) {
                return size();
            }
            if (missing() == 0) {
                take();
            }
        }
        return 0;
    }

    private void take() {
        if (filled == message.length) {
            messages.add(message);
            message = new byte[FIRST_BYTES];
        } else {
            messages.add(Arrays.copyOf(message, filled));
        }
        filled = 0;
    }

    private int fill(byte[] from, int at, int length) {
        if (message.length < filled + length) {
            long whole = PREFIX_BYTES + size();
            int larger = (int) Math.min(whole, Math.max(2L * message.length, filled + length));
            message = Arrays.copyOf(message, larger);
        }
        System.arraycopy(from, at, message, filled, length);
        filled += length;
        return length;
    }

    /** How many bytes of the prefix or of the message have not come. */
    private int missing() {
        return filled < PREFIX_BYTES
                ? PREFIX_BYTES - filled
                : (int) (PREFIX_BYTES + size() - filled);
    }

    private long size() {
        return Integer.toUnsignedLong(ByteBuffer.wrap(message).getInt(1));
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether a part of a message is there, and not the rest. */
    boolean hasRest() {
        return filled > 0;
    }

    /** The next message with its prefix; null when there is none. */
    byte @Nullable [] poll() {
        return messages.poll();
    }

    /** How much more the client may now send; 0 for nothing to say. */
    int grant() {
        if (!messages.isEmpty() || owed < WINDOW / 4) {
            return 0;
        }
        int granted = owed;
        owed = 0;
        window += granted;
        return granted;
    }
}
