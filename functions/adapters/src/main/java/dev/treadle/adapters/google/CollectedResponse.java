package dev.treadle.adapters.google;

import com.google.cloud.functions.HttpResponse;
import dev.treadle.Response;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a Google function answers, collected. For one thread. */
final class CollectedResponse implements HttpResponse {
    private static final String CONTENT_TYPE = "Content-Type";

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int status = 200;
    private @Nullable BufferedWriter writer;
    private boolean streamTaken;

    /** The answer as ours. */
    Response toResponse() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        Response response = Response.status(status);
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                response = response.header(header.getKey(), value);
            }
        }
        return response.body(out.toByteArray());
    }

    @Override
    public void setStatusCode(int code) {
        status = code;
    }

    /** The reason phrase is not sent: HTTP/2 has none. */
    @Override
    public void setStatusCode(int code, String message) {
        status = code;
    }

    @Override
    public void setContentType(String contentType) {
        headers.put(CONTENT_TYPE, new ArrayList<>(List.of(contentType)));
    }

    @Override
    public Optional<String> getContentType() {
        List<String> types = headers.get(CONTENT_TYPE);
        return types == null ? Optional.empty() : Optional.of(types.getLast());
    }

    @Override
    public void appendHeader(String header, String value) {
        headers.computeIfAbsent(header, name -> new ArrayList<>()).add(value);
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return headers;
    }

    @Override
    public OutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("getWriter() was called already");
        }
        streamTaken = true;
        return out;
    }

    @Override
    public BufferedWriter getWriter() {
        if (writer == null) {
            if (streamTaken) {
                throw new IllegalStateException("getOutputStream() was called already");
            }
            writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        }
        return writer;
    }
}
