package dev.treadle.testing;

import dev.treadle.BadRequest;
import dev.treadle.Json;
import dev.treadle.Response;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** What goes in and out of a typed function: bytes and text as they are, anything else as JSON. */
final class TypedPayload {
    private TypedPayload() {}

    static @Nullable Object read(byte[] payload, JavaType type, Json json) {
        if (type.hasRawClass(byte[].class)) {
            return payload;
        }
        if (type.hasRawClass(String.class)) {
            return new String(payload, StandardCharsets.UTF_8);
        }
        if (type.hasRawClass(Void.class)) {
            return null;
        }
        if (payload.length == 0) {
            throw new BadRequest(
                    "the payload is empty; expected JSON for "
                            + type.getRawClass().getSimpleName());
        }
        return json.read(payload, type);
    }

    static Response write(@Nullable Object output) {
        return switch (output) {
            case null -> Response.status(204);
            case Response response -> response;
            case String text -> Response.text(text);
            case byte[] bytes -> Response.ok(bytes);
            case Object value -> Response.json(value);
        };
    }
}
