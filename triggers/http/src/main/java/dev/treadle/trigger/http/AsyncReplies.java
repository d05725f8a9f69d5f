package dev.treadle.trigger.http;

import dev.treadle.Response;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Says how asynchronous calls fare. Safe for threads.
 *
 * @param replies what sends it
 * @param base what stands before the paths of links; empty for links within the same listener
 */
record AsyncReplies(HttpReplies replies, Supplier<String> base) {
    static final String PREFIX = "/_treadle/async/";
    static final String RESULT = "/result";

    /** The answer to a request that has been taken in. */
    void accepted(Exchange exchange, String function, Instant accepted) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", exchange.invocation());
        document.put("function", function);
        document.put("status", word(AsyncCall.State.QUEUED));
        document.put("attempts", 0);
        document.put("accepted", accepted.toString());
        links(document, exchange.invocation());
        send(
                exchange,
                Response.status(202)
                        .header(Preferences.APPLIED.defaultCase(), Preferences.RESPOND_ASYNC)
                        .header("Location", url(exchange.invocation())),
                document);
    }

    /** The answer that says how far a call is. */
    void status(Exchange exchange, AsyncCall call) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", call.id());
        document.put("function", call.function());
        document.put("status", word(call.state()));
        document.put("attempts", call.attempts());
        document.put("accepted", call.accepted().toString());
        document.put("changed", call.changed().toString());
        call.expires().ifPresent(expires -> document.put("expires", expires.toString()));
        call.failure().ifPresent(failure -> document.put("error", error(failure)));
        links(document, call.id());
        Response head = Response.ok().header("Cache-Control", "no-store");
        send(exchange, call.state().hasEnded() ? head : head.header("Retry-After", "1"), document);
    }

    static String word(AsyncCall.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private void links(Map<String, Object> document, String id) {
        document.put("url", url(id));
        document.put("result", url(id) + RESULT);
    }

    private String url(String id) {
        return base.get() + PREFIX + id;
    }

    private static Map<String, Object> error(AsyncCall.Failure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", failure.code().id());
        error.put("status", failure.status());
        error.put("message", failure.message());
        return error;
    }

    private void send(Exchange exchange, Response head, Map<String, Object> document) {
        replies.send(
                exchange,
                new Outcome.Succeeded(
                        head.contentType("application/json").body(Problem.line(document))));
    }
}
