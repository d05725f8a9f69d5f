package dev.treadle.trigger.http;

import dev.treadle.trigger.ErrorCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers to requests that the transport turns down before they get to a route. */
final class TransportErrors implements DirectHandler {
    private final HttpTriggerConfig config;

    TransportErrors(HttpTriggerConfig config) {
        this.config = config;
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
        Problem problem = problem(status, message == null ? "" : message);
        headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE));
        String requestId = RequestIds.of(request.headers());
        if (requestId != null) {
            headers.set(HeaderValues.create(RequestIds.HEADER, requestId));
        }
        TransportResponse.Builder response =
                TransportResponse.builder().status(status).headers(headers).keepAlive(false);
        // Over HTTP/2 the transport sends its own text in place of the entity: better none.
        return request.protocolVersion().startsWith("2")
                ? response.build()
                : response.entity(problem.json()).build();
    }

    private Problem problem(Status status, String message) {
        return switch (status.code()) {
            case 413 ->
                    problem(
                            ErrorCode.PAYLOAD_TOO_LARGE,
                            status,
                            "the payload is larger than the node's max-payload-bytes of "
                                    + config.maxPayloadBytes());
            case 431 -> headersTooLarge(status);
            case 414 -> problem(ErrorCode.BAD_REQUEST, status, "the request line is too long");
            case 503 ->
                    problem(ErrorCode.NODE_DRAINING, status, "this node takes no more requests");
            default -> other(status, message);
        };
    }

    private Problem other(Status status, String message) {
        boolean ours = status.code() >= 500 && status.code() != 505 && status.code() != 501;
        if (ours) {
            return problem(ErrorCode.INTERNAL, status, "the node's log says more");
        }
        boolean plain = message.isBlank() || message.startsWith("Bad request, see server log");
        return problem(
                ErrorCode.BAD_REQUEST, status, plain ? "the request is not HTTP/1.1" : message);
    }

    private Problem headersTooLarge(Status status) {
        return problem(
                ErrorCode.HEADERS_TOO_LARGE,
                status,
                "the headers are larger than the node's max-header-bytes of "
                        + config.maxHeaderBytes());
    }

    private static Problem problem(ErrorCode code, Status status, String detail) {
        return new Problem(code, status.code(), detail, Optional.empty());
    }
}
