package dev.treadle.server.grpc.http2;

import io.helidon.http.http2.Http2ErrorCode;

/** The client breaks the protocol so that the connection has to end. */
final class ConnectionFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Http2ErrorCode code;

    ConnectionFault(Http2ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    Http2ErrorCode code() {
        return code;
    }

    static void require(boolean condition, Http2ErrorCode code, String message) {
        if (!condition) {
            throw new ConnectionFault(code, message);
        }
    }
}
