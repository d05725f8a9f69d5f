package dev.treadle.trigger.nats;

import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.RequestHead;
import dev.treadle.trigger.StoredRequest;
import dev.treadle.trigger.TraceContext;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stored requests as messages: the body as it is, all else in one header of JSON in ASCII. Safe for
 * threads.
 */
final class StoredRequests {
    private static final String HEADER = "Treadle-Request";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private StoredRequests() {}

    private record Document(
            String id,
            Target target,
            String route,
            RequestHead head,
            Optional<String> callback,
            Optional<TraceContext> trace,
            int hops,
            Instant accepted) {}

    /** The headers of a request's message; its data is the body. */
    static Headers headers(StoredRequest request) {
        Headers headers = new Headers();
        headers.put("Nats-Msg-Id", request.id());
        headers.put(
                HEADER,
                JSON.writeValueAsString(
                        new Document(
                                request.id(),
                                request.target(),
                                request.route(),
                                request.head(),
                                request.callback(),
                                request.trace(),
                                request.hops(),
                                request.accepted())));
        return headers;
    }

    /**
     * @throws IllegalArgumentException when it is no stored request
     */
    static StoredRequest read(Message message) {
        return read(message.getHeaders(), NatsEvents.data(message));
    }

    /** The same of a message's parts. */
    static StoredRequest read(@Nullable Headers headers, byte[] body) {
        String meta = headers == null ? null : headers.getFirst(HEADER);
        if (meta == null) {
            throw new IllegalArgumentException("the message has no header " + HEADER);
        }
        Document document = JSON.readValue(meta, Document.class);
        return new StoredRequest(
                document.id(),
                document.target(),
                document.route(),
                document.head(),
                document.callback(),
                document.trace(),
                document.hops(),
                document.accepted(),
                body);
    }
}
