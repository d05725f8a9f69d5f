package dev.treadle;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a called function answered. A streamed answer has been collected. Never changes; safe for
 * threads as long as nobody changes the bytes.
 *
 * @see Context#call(String, Object)
 */
public final class Reply {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] bytes;
    private final Json json;

    /**
     * The platform makes these; tests may.
     *
     * @param head the status and the headers
     * @param bytes the whole body, kept as it is
     * @param json reads the body for the caller
     */
    public Reply(Response head, byte[] bytes, Json json) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Response.Header header : head.headers()) {
            values.computeIfAbsent(lower(header.name()), name -> new ArrayList<>())
                    .add(header.value());
        }
        values.replaceAll((name, list) -> List.copyOf(list));
        this.status = head.status();
        this.headers = Map.copyOf(values);
        this.bytes = bytes;
        this.json = json;
    }

    /** The HTTP status; 200 or 204 from functions that know nothing of HTTP. */
    public int status() {
        return status;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(lower(name), List.of()).stream().findFirst();
    }

    /** All headers; names in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The body; empty when there is none. Not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The body read as JSON.
     *
     * @throws BadRequest when it is not JSON or does not fit the type; the message says where
     */
    public <T> T json(Class<T> type) {
        return json.read(bytes, type);
    }

    /** The answer as a value, or why it is none. */
    <T> T value(String function, Class<T> type) {
        if (status >= 400) {
            throw errorStatus(function);
        }
        if (type == byte[].class) {
            return type.cast(bytes);
        }
        if (type == String.class) {
            return type.cast(text());
        }
        if (bytes.length == 0) {
            throw misfit(
                    function, "it is empty; expected JSON for %s".formatted(type.getSimpleName()));
        }
        try {
            return json.read(bytes, type);
        } catch (BadRequest e) {
            throw misfit(function, String.valueOf(e.getMessage()));
        }
    }

    private CallFailed errorStatus(String function) {
        boolean isCallers = status < 500 && status != 408 && status != 429;
        return new CallFailed(
                function,
                status < 500 ? "TR-1007" : "TR-2001",
                status < 500 ? CallFailed.Owner.CALLER : CallFailed.Owner.FUNCTION,
                status,
                "%s answered with the status %d".formatted(function, status),
                isCallers,
                Duration.ZERO);
    }

    private static CallFailed misfit(String function, String reason) {
        return new CallFailed(
                function,
                "TR-1016",
                CallFailed.Owner.CALLER,
                500,
                "the answer of %s is not what its caller reads it as: %s"
                        .formatted(function, reason),
                true,
                Duration.ZERO);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Reply[" + status + " " + headers + ", " + bytes.length + " bytes]";
    }
}
