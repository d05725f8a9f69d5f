package dev.treadle.server.grpc.http2;

import io.grpc.Status;
import java.nio.charset.StandardCharsets;

/** What a status says in words, as {@code grpc-message} carries it: percent-encoded. */
final class StatusText {
    private static final int CHARS_MAX = 8 * 1024;

    private StatusText() {}

    static Status encoded(Status status) {
        String words = status.getDescription();
        return words == null ? status : status.withDescription(encoded(words));
    }

    static String encoded(String words) {
        StringBuilder text = new StringBuilder(words.length());
        for (byte each : words.getBytes(StandardCharsets.UTF_8)) {
            if (text.length() >= CHARS_MAX) {
                break;
            }
            if (each >= ' ' && each <= '~' && each != '%') {
                text.append((char) each);
            } else {
                text.append("%%%02X".formatted(each));
            }
        }
        return text.toString();
    }
}
