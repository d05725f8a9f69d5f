package dev.treadle.adapters;

import dev.treadle.Json;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a payload into what a handler takes. */
public final class Payloads {
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private Payloads() {}

    /**
     * Bytes and text as they are, anything else from JSON. No payload at all is an empty object, as
     * on the platforms the handlers come from.
     */
    public static @Nullable Object read(byte[] payload, Type type, Json json) {
        if (type == byte[].class) {
            return payload;
        }
        if (type == String.class) {
            return new String(payload, StandardCharsets.UTF_8);
        }
        if (type == Void.class) {
            return null;
        }
        return json.read(payload.length == 0 ? EMPTY_OBJECT : payload, type);
    }
}
