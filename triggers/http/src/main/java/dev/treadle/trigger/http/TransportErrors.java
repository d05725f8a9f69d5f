package dev.treadle.trigger.http;

import dev.treadle.trigger.ErrorCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers to requests that the transport turns down before they get to a route. */
final class TransportErrors implements DirectHandler {
    /** What the transport says then; it has no status or type of its own for it. */
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";

    private static final String NOT_HTTP =
            "the request is not valid HTTP: look at its request line, its headers, and the"
                    + " percent-encoding of its path";

    /** The transport knows the code, but no reason phrase for it. */
    private static final Status HEADERS_STATUS =
            Status.create(431, "Request Header Fields Too Large");

    private final HttpTriggerConfig config;
    private final Supplier<String> invocationIds;

    TransportErrors(HttpTriggerConfig config, Supplier<String> invocationIds) {
        this.config = config;
        this.invocationIds = invocationIds;
    }

    DirectHandlers forAll() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, this);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        String invocation = invocationIds.get();
        Problem problem = problem(status, message == null ? "" : message).of(invocation);
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE));
        headers.set(HeaderValues.create(HttpReplies.INVOCATION, invocation));
        String requestId = RequestIds.of(request.headers());
        headers.set(
                HeaderValues.create(RequestIds.HEADER, requestId == null ? invocation : requestId));
        TransportResponse.Builder response =
                TransportResponse.builder()
                        .status(
                                problem.status() == HEADERS_STATUS.code()
                                        ? HEADERS_STATUS
                                        : Status.create(problem.status()))
                        .headers(headers)
                        .keepAlive(false);
        // Over HTTP/2 the transport sends its own text in place of the entity: better none.
        return request.protocolVersion().startsWith("2")
                ? response.build()
                : response.entity(problem.json()).build();
    }

    private Problem problem(Status status, String message) {
        if (status.code() == 400 && message.equals(HEADERS_TOO_LARGE)) {
            return Problem.of(
                    ErrorCode.HEADERS_TOO_LARGE,
                    "the headers are larger than the node's http.headers-max of "
                            + config.maxHeaderBytes());
        }
        return switch (status.code()) {
            case 413 ->
                    Problem.of(
                            ErrorCode.PAYLOAD_TOO_LARGE,
                            "the payload is larger than the node's http.payload-max of "
                                    + config.maxPayloadBytes());
            case 414 -> bad(status, "the request line is too long");
            case 500 -> Problem.of(ErrorCode.INTERNAL, "the node's log says more");
            case 505 -> bad(status, "this node speaks HTTP/1.1 and HTTP/2");
            default -> bad(status, telling(message) ? message : NOT_HTTP);
        };
    }

    private static boolean telling(String message) {
        return !message.isBlank() && !message.startsWith("Bad request, see server log");
    }

    private static Problem bad(Status status, String detail) {
        return new Problem(ErrorCode.BAD_REQUEST, status.code(), detail, Optional.empty());
    }
}
