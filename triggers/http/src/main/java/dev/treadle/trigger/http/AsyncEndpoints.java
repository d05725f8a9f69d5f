package dev.treadle.trigger.http;

import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code /_treadle/async/{id}} and {@code …/result}: how an asynchronous call fares, its answer,
 * and its cancellation. Who knows the id may do all three. Safe for threads.
 */
record AsyncEndpoints(AsyncCalls calls, HttpReplies replies, AsyncReplies asyncReplies) {
    /** Paths that are the platform's; no function's route begins so. */
    static final String RESERVED = "/_treadle/";

    private static final Duration NOT_DONE_PAUSE = Duration.ofSeconds(1);

    /** Any page may ask: the id is all that guards a call, and no cookie says more than it does. */
    private static final CorsPolicy ANY_PAGE =
            new CorsPolicy(
                    List.of("*"),
                    List.of("DELETE", "GET", "HEAD"),
                    List.of("*"),
                    List.of("Retry-After", "Treadle-Invocation", "X-Request-Id"),
                    false,
                    Duration.ofHours(1));

    /** Answers a request to a path of the platform's. */
    void serve(Exchange exchange) {
        Optional<String> preflight = Cors.preflightFor(exchange);
        if (preflight.isPresent()) {
            Cors.allowPreflight(exchange, ANY_PAGE, preflight.get());
            replies.empty(exchange, 204);
            return;
        }
        Cors.allowCall(exchange, ANY_PAGE);
        String path = exchange.path();
        if (!path.startsWith(AsyncReplies.PREFIX)) {
            nothing(exchange);
            return;
        }
        String rest = path.substring(AsyncReplies.PREFIX.length());
        boolean result = rest.endsWith(AsyncReplies.RESULT);
        String id = result ? rest.substring(0, rest.length() - AsyncReplies.RESULT.length()) : rest;
        if (id.isEmpty() || id.indexOf('/') >= 0) {
            nothing(exchange);
            return;
        }
        exchange.invocation(id);
        try {
            serve(exchange, id, result);
        } catch (AsyncCalls.Rejected e) {
            replies.problem(exchange, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private void serve(Exchange exchange, String id, boolean result) {
        String method = exchange.method();
        if (method.equals("GET") || method.equals("HEAD")) {
            show(exchange, id, result);
        } else if (method.equals("DELETE") && !result) {
            cancel(exchange, id);
        } else {
            replies.wrongMethod(
                    exchange, result ? "GET, HEAD, OPTIONS" : "DELETE, GET, HEAD, OPTIONS");
        }
    }

    private void show(Exchange exchange, String id, boolean result) {
        Optional<AsyncCall> call = calls.find(id);
        if (call.isEmpty()) {
            unknown(exchange, id);
        } else if (result) {
            result(exchange, call.get());
        } else {
            asyncReplies.status(exchange, call.get());
        }
    }

    private void result(Exchange exchange, AsyncCall call) {
        switch (call.state()) {
            case SUCCEEDED ->
                    replies.send(
                            exchange,
                            new Outcome.Succeeded(
                                    call.result().orElseGet(() -> Response.status(204))));
            case FAILED -> replies.send(exchange, failed(call.failure().orElseThrow()));
            case CANCELLED ->
                    replies.problem(
                            exchange,
                            ErrorCode.ASYNC_ENDED,
                            "the call was cancelled; it has no result");
            case QUEUED, RUNNING -> {
                String pause = Long.toString(NOT_DONE_PAUSE.toSeconds());
                exchange.headers().set(HeaderValues.create(HeaderNames.RETRY_AFTER, pause));
                replies.problem(
                        exchange,
                        ErrorCode.ASYNC_NOT_DONE,
                        "the call is %s; ask again later"
                                .formatted(AsyncReplies.word(call.state())));
            }
        }
    }

    private static Outcome failed(AsyncCall.Failure failure) {
        return new Outcome.Failed(
                failure.code(), failure.status(), failure.message(), true, Duration.ZERO);
    }

    private void cancel(Exchange exchange, String id) {
        Optional<AsyncCall> call = calls.cancel(id);
        if (call.isEmpty()) {
            unknown(exchange, id);
        } else if (call.get().state() == AsyncCall.State.CANCELLED) {
            asyncReplies.status(exchange, call.get());
        } else {
            replies.problem(
                    exchange,
                    ErrorCode.ASYNC_ENDED,
                    "the call has %s already; there is nothing to cancel"
                            .formatted(AsyncReplies.word(call.get().state())));
        }
    }

    private void unknown(Exchange exchange, String id) {
        replies.problem(
                exchange,
                ErrorCode.NO_ASYNC_CALL,
                "there is no asynchronous call '%s'; its result may have expired".formatted(id));
    }

    private void nothing(Exchange exchange) {
        replies.problem(exchange, ErrorCode.NO_ROUTE, "there is nothing at " + exchange.path());
    }
}
