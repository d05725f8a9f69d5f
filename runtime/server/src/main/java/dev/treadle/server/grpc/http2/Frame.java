package dev.treadle.server.grpc.http2;

import io.helidon.http.http2.Http2ErrorCode;
import java.nio.ByteBuffer;

/** A frame of HTTP/2, RFC 9113 section 4. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames
record Frame(int type, int flags, int stream, byte[] payload) {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int WITH_PRIORITY = 0x20;

    static final int HEADER_BYTES = 9;

    /** The largest payload that is taken, and sent. */
    static final int PAYLOAD_MAX = 16_384;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The payload as a number, from a place of it. */
    int number(int at) {
        return ByteBuffer.wrap(payload).getInt(at);
    }

    byte[] bytes() {
        byte[] bytes = new byte[HEADER_BYTES + payload.length];
        putHeader(bytes, 0, payload.length, type, flags, stream);
        System.arraycopy(payload, 0, bytes, HEADER_BYTES, payload.length);
        return bytes;
    }

    static void putHeader(byte[] to, int at, int length, int type, int flags, int stream) {
        ByteBuffer.wrap(to, at, HEADER_BYTES)
                .putInt(length << 8 | type)
                .put((byte) flags)
                .putInt(stream);
    }

    private static Frame of(int type, int stream, int... numbers) {
        ByteBuffer payload = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) {
            payload.putInt(number);
        }
        return new Frame(type, 0, stream, payload.array());
    }

    static Frame reset(int stream, Http2ErrorCode code) {
        return of(RST_STREAM, stream, code.code());
    }

    static Frame windowUpdate(int stream, int bytes) {
        return of(WINDOW_UPDATE, stream, bytes);
    }

    /**
     * @param last the last of the client's streams that was looked at
     */
    static Frame goAway(int last, Http2ErrorCode code) {
        return of(GOAWAY, 0, last, code.code());
    }
}
