package dev.treadle.cli;

import dev.treadle.cli.console.Documents;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What a function is called with.
 *
 * @param contentType empty when there is nothing to say
 */
record Payload(byte[] body, String contentType) {
    static final Payload NONE = new Payload(new byte[0], "");

    /** With the type that the bytes look like. */
    static Payload guessed(byte[] body) {
        if (body.length == 0) {
            return NONE;
        }
        if (Documents.isJson(body)) {
            return new Payload(body, "application/json");
        }
        return new Payload(
                body, isText(body) ? "text/plain; charset=utf-8" : "application/octet-stream");
    }

    static boolean isText(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
