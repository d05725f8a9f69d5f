package dev.treadle.adapters.google;

import com.google.cloud.functions.HttpRequest;
import dev.treadle.Request;
import dev.treadle.adapters.QueryParameters;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Our request as Google's framework sees one. For one thread. */
final class RequestView implements HttpRequest {
    private final Request request;
    private @Nullable InputStream body;
    private @Nullable BufferedReader reader;

    RequestView(Request request) {
        this.request = request;
    }

    @Override
    public String getMethod() {
        return request.method();
    }

    @Override
    public String getUri() {
        String host = request.header("host").orElse("localhost");
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return "http://" + host + request.path() + query;
    }

    @Override
    public String getPath() {
        return request.path();
    }

    @Override
    public Optional<String> getQuery() {
        return request.query().isEmpty() ? Optional.empty() : Optional.of(request.query());
    }

    @Override
    public Map<String, List<String>> getQueryParameters() {
        return QueryParameters.of(request);
    }

    @Override
    public Map<String, HttpPart> getParts() {
        if (!request.contentType().orElse("").toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new IllegalStateException("the request is not multipart/form-data");
        }
        throw new UnsupportedOperationException(
                "multipart requests are not taken apart here: read getInputStream()");
    }

    @Override
    public Optional<String> getContentType() {
        return request.contentType();
    }

    @Override
    public long getContentLength() {
        return request.header("content-length").map(Long::parseLong).orElse(-1L);
    }

    @Override
    public Optional<String> getCharacterEncoding() {
        for (String parameter : request.contentType().orElse("").split(";", -1)) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("charset")) {
                return Optional.of(pair[1].strip().replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    @Override
    public InputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("the body was taken by getReader() already");
        }
        return body();
    }

    @Override
    public BufferedReader getReader() {
        if (reader == null) {
            if (body != null) {
                throw new IllegalStateException("the body was taken by getInputStream() already");
            }
            Charset charset =
                    getCharacterEncoding().map(Charset::forName).orElse(StandardCharsets.UTF_8);
            reader = new BufferedReader(new InputStreamReader(body(), charset));
        }
        return reader;
    }

    private InputStream body() {
        if (body == null) {
            body = request.stream();
        }
        return body;
    }

    /** Found in any case of the name, as handlers ask for {@code Content-Type}. */
    @Override
    public Map<String, List<String>> getHeaders() {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        return headers;
    }
}
