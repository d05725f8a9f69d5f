package dev.treadle.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** Requests as the bytes that go over the wire. */
public final class Requests {
    private Requests() {}

    /** A GET without more headers than it needs. */
    public static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A request with a body and a bearer token. */
    public static byte[] authorized(
            String method, String path, String token, String contentType, byte[] body) {
        byte[] head =
                """
                %s %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: %s\r
                Content-Length: %d\r
                \r
                """
                        .formatted(method, path, token, contentType, body.length)
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
