package dev.treadle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request to another function, for those that look at the method, the path or headers. Path
 * variables come from the called function's own routes. Values are never changed: each method
 * returns a new one.
 *
 * <pre>{@code
 * Reply found = context.call("catalog", HttpCall.of("GET", "/books?author=Le%20Guin"));
 * }</pre>
 */
public final class HttpCall {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers;
    private final Object body;

    private HttpCall(
            String method,
            String path,
            String query,
            Map<String, List<String>> headers,
            Object body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A request without a body.
     *
     * @param target an encoded path with a query or without, e.g. {@code /find?q=loom}
     * @throws IllegalArgumentException when the target does not begin with a slash
     */
    public static HttpCall of(String method, String target) {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with '/': " + target);
        }
        int mark = target.indexOf('?');
        return new HttpCall(
                method.toUpperCase(Locale.ROOT),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                Map.of(),
                new byte[0]);
    }

    /** The same with one more header. */
    public HttpCall header(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(headers.getOrDefault(lower(name), List.of()));
        values.add(value);
        more.put(lower(name), List.copyOf(values));
        return new HttpCall(method, path, query, Map.copyOf(more), body);
    }

    /**
     * The same with a body.
     *
     * @param body bytes and text as they are, anything else as JSON
     */
    public HttpCall body(Object body) {
        return new HttpCall(method, path, query, headers, body);
    }

    /** The method in capitals. */
    public String method() {
        return method;
    }

    /** The encoded path, without the query. */
    public String path() {
        return path;
    }

    /** The query without the question mark; empty when there is none. */
    public String query() {
        return query;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(lower(name), List.of()).stream().findFirst();
    }

    /** All headers; names in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The body as it was given; an empty array when there is none. */
    public Object body() {
        return body;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
