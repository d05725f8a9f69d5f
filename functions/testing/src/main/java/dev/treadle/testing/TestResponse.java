package dev.treadle.testing;

import dev.treadle.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer as the caller would get it: streamed bodies are collected. */
public final class TestResponse {
    private final String invocation;
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Optional<Throwable> failure;
    private final Json json;

    TestResponse(
            String invocation,
            int status,
            Map<String, List<String>> headers,
            byte[] body,
            Optional<Throwable> failure,
            Json json) {
        this.invocation = invocation;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.failure = failure;
        this.json = json;
    }

    /** The invocation's id, as its log lines have it. */
    public String invocation() {
        return invocation;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** All headers; names in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(Names.lower(name));
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** The {@code Content-Type}. */
    public Optional<String> contentType() {
        return header("content-type");
    }

    /** The body; not a copy. */
    public byte[] bytes() {
        return body;
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body read as JSON. */
    public <T> T json(Class<T> type) {
        return json.read(body, type);
    }

    /** The server-sent events of an event stream, without comments. */
    public List<ServerSentEvent> events() {
        return SseReader.read(text());
    }

    /**
     * What the function threw, if it did: callers of a node never see it. A stream that failed half
     * way keeps its status and has what was written until then.
     */
    public Optional<Throwable> failure() {
        return failure;
    }

    @Override
    public String toString() {
        return "TestResponse["
                + status
                + " "
                + headers
                + " "
                + text()
                + "]"
                + failure.map(e -> " caused by " + e).orElse("");
    }
}
