package dev.treadle.testing;

import dev.treadle.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects a request, then sends it. For one thread. */
public final class TestRequest {
    private final String method;
    private final String path;
    private final Json json;
    private final Function<TestRequest, TestResponse> sender;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final Map<String, String> pathParams = new LinkedHashMap<>();
    private Query query;
    private Supplier<InputStream> body = InputStream::nullInputStream;
    private int attempt = 1;
    private Optional<Instant> deadline = Optional.empty();

    TestRequest(
            String method, String target, Json json, Function<TestRequest, TestResponse> sender) {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with '/': " + target);
        }
        int question = target.indexOf('?');
        String raw = question < 0 ? target : target.substring(0, question);
        this.method = method.toUpperCase(Locale.ROOT);
        this.path = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        this.query = question < 0 ? Query.NONE : new Query(target.substring(question + 1));
        this.json = json;
        this.sender = sender;
    }

    /** Adds a header; a second one of the same name is added to the first. */
    public TestRequest header(String name, String value) {
        headers.computeIfAbsent(Names.lower(name), n -> new ArrayList<>()).add(value);
        return this;
    }

    /** Adds a query parameter; both parts are encoded. */
    public TestRequest query(String name, String value) {
        query = query.and(name, value);
        return this;
    }

    /** Sets a path variable by hand, besides those of {@link TestFunction#route}. */
    public TestRequest pathParam(String name, String value) {
        pathParams.put(name, value);
        return this;
    }

    /** The body and its media type. */
    public TestRequest body(byte[] bytes, String contentType) {
        byte[] copy = bytes.clone();
        return body(() -> new ByteArrayInputStream(copy), contentType);
    }

    /** A body that is read as the function asks for it, e.g. one that never is in memory whole. */
    public TestRequest body(Supplier<InputStream> stream, String contentType) {
        body = stream;
        headers.put("content-type", List.of(contentType));
        return this;
    }

    /** A body whose media type, if any, is among the headers. */
    TestRequest body(Supplier<InputStream> stream) {
        body = stream;
        return this;
    }

    /** A text body in UTF-8. */
    public TestRequest body(String text, String contentType) {
        return body(text.getBytes(StandardCharsets.UTF_8), contentType);
    }

    /** A body of JSON, written from a value. */
    public TestRequest json(Object value) {
        return body(json.write(value), "application/json");
    }

    /** Says which try this is; 1 unless told. */
    public TestRequest attempt(int attempt) {
        this.attempt = attempt;
        return this;
    }

    /** When the call must have ended, instead of the function's timeout from now. */
    public TestRequest deadline(Instant deadline) {
        this.deadline = Optional.of(deadline);
        return this;
    }

    /** Calls the function. */
    public TestResponse send() {
        return sender.apply(this);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Query query() {
        return query;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    Map<String, String> pathParams() {
        return pathParams;
    }

    InputStream body() {
        return body.get();
    }

    int attempt() {
        return attempt;
    }

    Optional<Instant> deadline() {
        return deadline;
    }
}
