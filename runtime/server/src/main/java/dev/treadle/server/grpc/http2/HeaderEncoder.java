package dev.treadle.server.grpc.http2;

import io.helidon.http.Header;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Headers as HPACK has them, RFC 7541, each in full: what a client knows already is used for
 * nothing, so that answers may be written in any order and whatever the client keeps.
 */
final class HeaderEncoder {
    private static final int STATUS_200 = 0x88;
    private static final int STATUS_IN_FULL = 0x08;
    private static final int NAME_IN_FULL = 0x00;
    private static final int LENGTH_MAX_OF_A_BYTE = 0x7F;

    private HeaderEncoder() {}

    static byte[] encode(Http2Headers headers) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        Status status = headers.status();
        if (status != null && status.code() == Status.OK_200.code()) {
            to.write(STATUS_200);
        } else if (status != null) {
            to.write(STATUS_IN_FULL);
            put(to, status.codeText());
        }
        for (Header header : headers.httpHeaders()) {
            for (String value : header.allValues()) {
                to.write(NAME_IN_FULL);
                put(to, header.headerName().lowerCase());
                put(to, value);
            }
        }
        return to.toByteArray();
    }

    private static void put(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int left = bytes.length - LENGTH_MAX_OF_A_BYTE;
        to.write(Math.min(bytes.length, LENGTH_MAX_OF_A_BYTE));
        if (left >= 0) {
            while (left >= 128) {
                to.write((left & 0x7F) | 0x80);
                left >>>= 7;
            }
            to.write(left);
        }
        to.writeBytes(bytes);
    }
}
