package dev.treadle.trigger;

import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is in memory as a whole, wherever it came from. For one thread. */
public final class BytesRequest implements Request {
    private final RequestHead head;
    private final byte[] body;
    private final Json json;
    private @Nullable Map<String, List<String>> queryParams;
    private boolean readWhole;
    private @Nullable InputStream stream;

    /**
     * @param head all but the body
     * @param body kept as it is
     * @param payloadBytesMax the function's limit
     * @throws HttpError 413 when the body is larger
     */
    public BytesRequest(RequestHead head, byte[] body, Json json, long payloadBytesMax) {
        requireFits(body, payloadBytesMax);
        this.head = head;
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
        return head.method();
    }

    @Override
    public String path() {
        return decoded(head.path());
    }

    @Override
    public String query() {
        return head.query();
    }

    @Override
    public String pathParam(String name) {
        String value = head.pathParams().get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the route has no variable '%s', only %s"
                            .formatted(name, head.pathParams().keySet()));
        }
        return value;
    }

    @Override
    public Map<String, String> pathParams() {
        return head.pathParams();
    }

    @Override
    public Optional<String> queryParam(String name) {
        return queryParams(name).stream().findFirst();
    }

    @Override
    public List<String> queryParams(String name) {
        Map<String, List<String>> params = queryParams;
        if (params == null) {
            params = QueryParams.parse(head.query());
            queryParams = params;
        }
        return List.copyOf(params.getOrDefault(name, List.of()));
    }

    /** What is badly encoded is taken as it stands. */
    private static String decoded(String path) {
        try {
            return PercentCoding.decode(path);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    @Override
    public Optional<String> header(String name) {
        return head.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    @Override
    public Map<String, List<String>> headers() {
        return head.headers();
    }

    @Override
    public String remoteAddress() {
        return head.remoteAddress();
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
        return head.method() + " " + head.path();
    }
}
