package dev.treadle.testing;

import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request from memory, with the rules of the real one. For one thread. */
final class MemoryRequest implements Request {
    private final TestRequest sent;
    private final Map<String, String> pathParams;
    private final long bytesMax;
    private final Json json;
    private byte @Nullable [] whole;
    private boolean streamTaken;

    MemoryRequest(TestRequest sent, Map<String, String> pathParams, long bytesMax, Json json) {
        this.sent = sent;
        this.pathParams = Map.copyOf(pathParams);
        this.bytesMax = bytesMax;
        this.json = json;
    }

    @Override
    public String method() {
        return sent.method();
    }

    @Override
    public String path() {
        return sent.path();
    }

    @Override
    public String query() {
        return sent.query().encoded();
    }

    @Override
    public String pathParam(String name) {
        String value = pathParams.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the route has no variable '" + name + "', only " + pathParams.keySet());
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
        return sent.query().values(name);
    }

    @Override
    public Optional<String> header(String name) {
        return sent.headers().getOrDefault(Names.lower(name), List.of()).stream().findFirst();
    }

    @Override
    public Map<String, List<String>> headers() {
        return Map.copyOf(sent.headers());
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public byte[] body() {
        if (streamTaken) {
            throw new IllegalStateException("the body was taken by stream() already");
        }
        if (whole == null) {
            whole = readWhole();
        }
        return whole.clone();
    }

    private byte[] readWhole() {
        try (InputStream in = new BoundedStream(sent.body(), bytesMax)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the test's body cannot be read", e);
        }
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
        if (whole != null || streamTaken) {
            throw new IllegalStateException("the body was taken already");
        }
        streamTaken = true;
        return new BoundedStream(sent.body(), bytesMax);
    }

    static HttpError tooLarge(long bytesMax) {
        return new HttpError(
                413, "the payload is larger than limits.payload, which is " + bytesMax + " bytes");
    }
}
