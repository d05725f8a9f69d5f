package dev.treadle.trigger.http;

import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.PercentCoding;
import dev.treadle.trigger.QueryParams;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function's view of a request: everything is looked at only when it is asked for. */
final class RoutedRequest implements Request {
    private final Exchange exchange;
    private final PathVariables variables;
    private final RequestBody body;
    private final Json json;
    private @Nullable Map<String, List<String>> queryParams;
    private byte @Nullable [] bytes;
    private @Nullable InputStream stream;

    RoutedRequest(Exchange exchange, PathVariables variables, RequestBody body, Json json) {
        this.exchange = exchange;
        this.variables = variables;
        this.body = body;
        this.json = json;
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        return PercentCoding.decode(exchange.path());
    }

    @Override
    public String query() {
        return exchange.query();
    }

    @Override
    public String pathParam(String name) {
        return variables.get(name);
    }

    @Override
    public Map<String, String> pathParams() {
        return variables.asMap();
    }

    @Override
    public Optional<String> queryParam(String name) {
        List<String> values = queryParams(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    @Override
    public List<String> queryParams(String name) {
        Map<String, List<String>> params = queryParams;
        if (params == null) {
            params = QueryParams.parse(exchange.query());
            queryParams = params;
        }
        return List.copyOf(params.getOrDefault(name, List.of()));
    }

    @Override
    public Optional<String> header(String name) {
        HeaderName key = HeaderNames.create(name);
        ServerRequestHeaders headers = exchange.requestHeaders();
        return headers.contains(key) ? Optional.of(headers.get(key).get()) : Optional.empty();
    }

    @Override
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Header header : exchange.requestHeaders()) {
            all.put(header.headerName().lowerCase(), List.copyOf(header.allValues()));
        }
        return all;
    }

    @Override
    public String remoteAddress() {
        return exchange.remoteAddress();
    }

    @Override
    public byte[] body() {
        byte[] read = bytes;
        if (read == null) {
            if (stream != null) {
                throw new IllegalStateException("the body is being read as a stream already");
            }
            read = body.bytes();
            bytes = read;
        }
        return read;
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
        if (bytes != null) {
            throw new IllegalStateException("the body has been read as a whole already");
        }
        InputStream opened = stream;
        if (opened == null) {
            opened = body.stream();
            stream = opened;
        }
        return opened;
    }

    @Override
    public String toString() {
        return method().toUpperCase(Locale.ROOT) + " " + exchange.path();
    }
}
