package dev.treadle.trigger.http;

import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.StoredRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function's view of a request that was stored. For one thread. */
final class StoredHttpRequest implements Request {
    private final StoredRequest.Head head;
    private final byte[] body;
    private final Json json;
    private @Nullable InputStream stream;

    StoredHttpRequest(StoredRequest.Head head, byte[] body, Json json) {
        this.head = head;
        this.body = body;
        this.json = json;
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String path() {
        return PercentCoding.decode(head.path());
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
                    "the route has no variable '%s'; it has %s"
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
        return List.copyOf(QueryParams.parse(head.query()).getOrDefault(name, List.of()));
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
        return body;
    }

    @Override
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public <T> T json(Class<T> type) {
        return json.read(body, type);
    }

    @Override
    public InputStream stream() {
        InputStream opened = stream;
        if (opened == null) {
            opened = new ByteArrayInputStream(body);
            stream = opened;
        }
        return opened;
    }

    @Override
    public String toString() {
        return method() + " " + head.path();
    }
}
