package dev.treadle.trigger.http;

import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Calls a function by its name, with a request that came to another listener than the functions'.
 * The answer is the same as there. Safe for threads.
 */
public final class DirectCalls {
    /** The other listener's credentials are not for the function, and are stored nowhere. */
    private static final Set<String> SECRET = Set.of("authorization");

    private final Dispatcher dispatcher;
    private final HttpEvents events;
    private final HttpReplies replies = new HttpReplies(() -> false);
    private final AsyncIntake asyncIntake;

    /**
     * @param calls takes requests that are to be answered later
     * @param publicUrl where callers reach the functions' listener
     * @param maxPayloadBytes of one request, whatever a function's own limit says
     * @param time stamps events that are made of plain requests
     */
    public DirectCalls(
            Dispatcher dispatcher,
            AsyncCalls calls,
            Supplier<String> publicUrl,
            long maxPayloadBytes,
            InstantSource time) {
        this.dispatcher = dispatcher;
        this.events = new HttpEvents(maxPayloadBytes, time);
        this.asyncIntake =
                new AsyncIntake(
                        calls,
                        replies,
                        new AsyncReplies(replies, publicUrl),
                        maxPayloadBytes,
                        SECRET,
                        time);
    }

    /**
     * How the function sees the request.
     *
     * @param method in capitals
     * @param path encoded, without the query
     * @param query without the question mark
     * @param routes the function's own, to fill path variables from
     */
    public record Seen(String method, String path, String query, List<Route> routes) {}

    /**
     * Calls and answers; when this returns, all is sent.
     *
     * @param trigger its name for records
     */
    public void call(
            ServerRequest request,
            ServerResponse response,
            Target target,
            String trigger,
            Seen seen) {
        Exchange exchange =
                new Exchange(
                        request,
                        response,
                        dispatcher.newInvocationId(),
                        seen.method(),
                        seen.path(),
                        seen.query());
        try {
            PathVariables variables = variables(seen);
            if (Preferences.respondAsync(exchange.requestHeaders())) {
                asyncIntake.take(exchange, target, trigger, variables);
            } else {
                Outcome outcome =
                        dispatcher.dispatch(
                                InvocationRequest.once(
                                        exchange.invocation(),
                                        target,
                                        trigger,
                                        Traces.of(exchange.requestHeaders()),
                                        events.input(exchange, variables)));
                replies.send(exchange, outcome);
            }
        } catch (BadPath e) {
            replies.problem(exchange, ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        exchange.end();
    }

    private static PathVariables variables(Seen seen) {
        return RouteTable.of(seen.routes()).find(seen.method(), seen.path())
                        instanceof RouteMatch.Found found
                ? found.variables()
                : PathVariables.NONE;
    }
}
