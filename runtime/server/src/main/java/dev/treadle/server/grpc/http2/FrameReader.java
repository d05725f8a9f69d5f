package dev.treadle.server.grpc.http2;

import static dev.treadle.server.grpc.http2.ConnectionFault.require;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Util;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Takes frames off a connection. For one thread. */
final class FrameReader {
    private static final byte[] NOTHING = {};

    private final DataReader from;

    FrameReader(DataReader from) {
        this.from = from;
    }

    /** Takes the words that each client begins with. */
    void preface() {
        require(
                Http2Util.isPreface(from.readBytes(Http2Util.PREFACE_LENGTH)),
                Http2ErrorCode.PROTOCOL,
                "this port is for gRPC, which is HTTP/2");
    }

    /** The next one; waits for it. Empty when the client has closed the connection. */
    Optional<Frame> next() {
        try {
            return Optional.of(read());
        } catch (DataReader.InsufficientDataAvailableException e) {
            return Optional.empty();
        }
    }

    private Frame read() {
        ByteBuffer header = ByteBuffer.wrap(from.readBytes(Frame.HEADER_BYTES));
        int lengthAndType = header.getInt();
        int length = lengthAndType >>> 8;
        int flags = Byte.toUnsignedInt(header.get());
        int stream = header.getInt() & Integer.MAX_VALUE;
        require(
                length <= Frame.PAYLOAD_MAX,
                Http2ErrorCode.FRAME_SIZE,
                "a frame of %d bytes".formatted(length));
        return new Frame(
                lengthAndType & 0xFF,
                flags,
                stream,
                length == 0 ? NOTHING : from.readBytes(length));
    }

    /** What a frame carries, without its padding and its priority. */
    static byte[] content(Frame frame) {
        int from = 0;
        int to = frame.payload().length;
        if (frame.has(Frame.PADDED)) {
            require(to > 0, Http2ErrorCode.FRAME_SIZE, "a frame without the length of its padding");
            to -= Byte.toUnsignedInt(frame.payload()[0]);
            from = 1;
        }
        if (frame.type() == Frame.HEADERS && frame.has(Frame.WITH_PRIORITY)) {
            from += 5;
        }
        require(from <= to, Http2ErrorCode.PROTOCOL, "a frame with more padding than length");
        return from == 0 && to == frame.payload().length
                ? frame.payload()
                : Arrays.copyOfRange(frame.payload(), from, to);
    }
}
