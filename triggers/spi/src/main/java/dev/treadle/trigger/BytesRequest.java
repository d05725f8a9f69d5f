package dev.treadle.trigger;

import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that did not come over HTTP: all of it is in memory. For one thread. */
public final class BytesRequest implements Request {
    private final Line line;
    private final Map<String, String> pathParams;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Json json;
    private @Nullable Map<String, List<String>> queryParams;
    private boolean readWhole;
    private @Nullable InputStream stream;

    /**
     * What is asked of which resource.
     *
     * @param method in capitals
     * @param path encoded, without the query
     * @param query without the question mark
     */
    public record Line(String method, String path, String query) {
        /** For callers that know nothing of HTTP. */
        public static final Line POST = new Line("POST", "/", "");
    }

    /**
     * @param headers names in lower case
     * @param body kept as it is
     * @param payloadBytesMax the function's limit
     * @throws HttpError 413 when the body is larger
     */
    public BytesRequest(
            Line line,
            Map<String, String> pathParams,
            Map<String, List<String>> headers,
            byte[] body,
            Json json,
            long payloadBytesMax) {
        requireFits(body, payloadBytesMax);
        this.line = line;
        this.pathParams = Map.copyOf(pathParams);
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.json = json;
    }

    /**
     * Holds a payload against a function's limit.
     *
     * @throws HttpError 413 when it is larger
     */
    public static void requireFits(byte[] payload, long payloadBytesMax) {
        if (payload.length > payloadBytesMax) {
            throw new HttpError(
                    413,
                    "the payload has %d bytes; limits.payload allows %d"
                            .formatted(payload.length, payloadBytesMax));
        }
    }

    @Override
    public String method() {
        return line.method();
    }

    @Override
    public String path() {
        return decode(line.path().replace("+", "%2B"));
    }

    @Override
    public String query() {
        return line.query();
    }

    @Override
    public String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the route has no variable '%s', only %s".formatted(name, pathParams.keySet()));
        }
        return value;
    }

    @Override
    public Map<String, String> pathParams() {
        return pathParams;
    }

    @Override
    public Optional<String> queryParam(String name) {
        return queryParams(name).stream().findFirst();
    }

    @Override
    public List<String> queryParams(String name) {
        Map<String, List<String>> params = queryParams;
        if (params == null) {
            params = parse(line.query());
            queryParams = params;
        }
        return List.copyOf(params.getOrDefault(name, List.of()));
    }

    private static Map<String, List<String>> parse(String query) {
        Map<String, List<String>> params = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                params.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
            }
        }
        return params;
    }

    /** What is badly encoded is taken as it stands. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    @Override
    public Map<String, List<String>> headers() {
        return headers;
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public byte[] body() {
        if (stream != null) {
            throw new IllegalStateException("the body is being read as a stream already");
        }
        readWhole = true;
        return body;
    }

    @Override
    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    @Override
    public <T> T json(Class<T> type) {
        return json.read(body(), type);
    }

    @Override
    public InputStream stream() {
        if (readWhole) {
            throw new IllegalStateException("the body has been read as a whole already");
        }
        InputStream opened = stream;
        if (opened == null) {
            opened = new ByteArrayInputStream(body);
            stream = opened;
        }
        return opened;
    }

    @Override
    public String toString() {
        return line.method() + " " + line.path();
    }
}
