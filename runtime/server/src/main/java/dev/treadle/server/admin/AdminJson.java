package dev.treadle.server.admin;

import dev.treadle.trigger.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the admin API's documents. Safe for threads. */
final class AdminJson {
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final JsonMapper mapper =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /** Reads a request's body; what does not fit is the caller's 422. */
    <T> T read(ServerRequest request, Class<T> type) {
        byte[] body = Bodies.read(request, BODY_BYTES_MAX);
        try {
            return mapper.readValue(body.length == 0 ? new byte[] {'{', '}'} : body, type);
        } catch (JacksonException e) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    "the body is not as expected: " + e.getOriginalMessage());
        }
    }

    void send(ServerResponse response, int status, Object document) {
        send(response, status, "application/json", document);
    }

    void send(ServerResponse response, int status, String mediaType, Object document) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        response.send(write(document));
    }

    byte[] write(Object document) {
        return mapper.writeValueAsBytes(document);
    }
}
