package dev.treadle.trigger.http;

import dev.treadle.HttpError;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.StoredRequest;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Takes in requests that are answered later: each is stored before it is answered with 202. Safe
 * for threads.
 *
 * @param payloadBytesMax the node's limit, whatever functions allow
 * @param secret headers that are not for the function; lower case
 */
record AsyncIntake(
        AsyncCalls calls,
        HttpReplies replies,
        AsyncReplies asyncReplies,
        long payloadBytesMax,
        Set<String> secret,
        InstantSource time) {
    private static final HeaderName CALLBACK = HeaderNames.create("Treadle-Callback");

    /**
     * Stores the request and answers.
     *
     * @param route the trigger that takes it in
     */
    void take(Exchange exchange, Target target, String route, PathVariables variables) {
        exchange.invocation(calls.newId());
        try {
            Optional<String> callback = exchange.requestHeaders().first(CALLBACK);
            AsyncCalls.Room room = calls.admit(target, callback);
            Instant accepted = time.instant();
            calls.store(
                    new StoredRequest(
                            exchange.invocation(),
                            target,
                            route,
                            StoredHead.of(exchange, variables, secret),
                            callback,
                            Traces.of(exchange.requestHeaders()),
                            0,
                            accepted,
                            body(exchange, room)));
            asyncReplies.accepted(exchange, target.function(), accepted);
        } catch (AsyncCalls.Rejected e) {
            replies.problem(exchange, e.code(), String.valueOf(e.getMessage()));
        } catch (HttpError e) {
            replies.problem(exchange, code(e.status()), String.valueOf(e.getMessage()));
        }
    }

    private byte[] body(Exchange exchange, AsyncCalls.Room room) {
        PayloadLimit limit =
                room.bytesMax() <= payloadBytesMax
                        ? new PayloadLimit(room.bytesMax(), room.rule())
                        : PayloadLimit.of(Long.MAX_VALUE, payloadBytesMax);
        return new RequestBody(exchange.request(), limit).bytes();
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA;
            default -> ErrorCode.BAD_REQUEST;
        };
    }
}
