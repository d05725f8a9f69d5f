package dev.treadle.cli.admin;

import dev.treadle.cli.console.Documents;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One call of the admin API. */
public record Request(
        String method, String path, Map<String, String> headers, Body body, Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(60);

    public Request {
        headers = Map.copyOf(headers);
    }

    /** What is sent along. */
    public sealed interface Body {
        record None() implements Body {}

        record Bytes(byte[] bytes) implements Body {}

        record File(Path file) implements Body {}
    }

    public static Request of(String method, String path) {
        return new Request(method, path, Map.of(), new Body.None(), USUAL);
    }

    public static Request get(String path) {
        return of("GET", path);
    }

    /** A name as a part of a path or query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Request json(JsonNode document) {
        return body("application/json", Documents.bytes(document));
    }

    public Request body(String contentType, byte[] bytes) {
        return header("Content-Type", contentType).bytes(bytes);
    }

    /** A body whose type is left to a header. */
    public Request bytes(byte[] bytes) {
        Body sent = bytes.length == 0 ? new Body.None() : new Body.Bytes(bytes);
        return new Request(method, path, headers, sent, patience);
    }

    /** A file as the body, which is read while it is sent. */
    public Request file(String contentType, Path file) {
        Request typed = header("Content-Type", contentType);
        return new Request(method, path, typed.headers, new Body.File(file), patience);
    }

    public Request header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(method, path, more, body, patience);
    }

    /**
     * @param patience how long to wait for the answer to begin, and for each part of it
     */
    public Request patience(Duration patience) {
        return new Request(method, path, headers, body, patience);
    }
}
