package dev.treadle.server.grpc.http2;

import static dev.treadle.server.grpc.http2.ConnectionFault.require;

import io.helidon.http.http2.Http2ErrorCode;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * What a client tells of itself, as far as it matters here. Settings that nobody knows are to be
 * ignored; clients made of gRPC's C core send some.
 *
 * @param window how much it takes of each call before it is asked
 */
record ClientSettings(OptionalInt window) {
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME_SIZE = 5;
    private static final int BYTES = 6;
    private static final int FRAME_SIZE_MAX = (1 << 24) - 1;

    static ClientSettings read(byte[] payload) {
        require(
                payload.length % BYTES == 0,
                Http2ErrorCode.FRAME_SIZE,
                "settings of %d bytes".formatted(payload.length));
        OptionalInt window = OptionalInt.empty();
        ByteBuffer settings = ByteBuffer.wrap(payload);
        while (settings.hasRemaining()) {
            int which = Short.toUnsignedInt(settings.getShort());
            long value = Integer.toUnsignedLong(settings.getInt());
            switch (which) {
                case ENABLE_PUSH -> require(value <= 1, Http2ErrorCode.PROTOCOL, "ENABLE_PUSH");
                case INITIAL_WINDOW_SIZE -> {
                    require(
                            value <= Integer.MAX_VALUE,
                            Http2ErrorCode.FLOW_CONTROL,
                            "INITIAL_WINDOW_SIZE");
                    window = OptionalInt.of((int) value);
                }
                case MAX_FRAME_SIZE ->
                        require(
                                value >= Frame.PAYLOAD_MAX && value <= FRAME_SIZE_MAX,
                                Http2ErrorCode.PROTOCOL,
                                "MAX_FRAME_SIZE");
                default -> {} // nothing here depends on it
            }
        }
        return new ClientSettings(window);
    }
}
