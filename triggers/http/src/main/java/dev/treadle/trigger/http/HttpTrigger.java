package dev.treadle.trigger.http;

import dev.treadle.trigger.AsyncCalls;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Trigger;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Serves HTTP/1.1 and HTTP/2 on one port: each request is routed, dispatched and answered on its
 * connection's own virtual thread. Safe for threads.
 */
public final class HttpTrigger implements Trigger {
    private static final Logger LOG = System.getLogger(HttpTrigger.class.getName());

    private final HttpTriggerConfig config;
    private final Dispatcher dispatcher;
    private final HttpEvents events;
    private final InFlight inFlight = new InFlight();
    private final HttpReplies replies = new HttpReplies(inFlight::closed);
    private final AsyncIntake asyncIntake;
    private final AsyncEndpoints asyncEndpoints;
    private final WebServer server;
    private volatile RouteTable routes = RouteTable.empty();

    /**
     * @param calls takes requests that are to be answered later
     * @param time stamps events that are made of plain requests
     */
    public HttpTrigger(
            HttpTriggerConfig config, Dispatcher dispatcher, AsyncCalls calls, InstantSource time) {
        this.config = config;
        this.dispatcher = dispatcher;
        this.events = new HttpEvents(config.maxPayloadBytes(), time);
        AsyncReplies asyncReplies = new AsyncReplies(replies, () -> "");
        this.asyncIntake =
                new AsyncIntake(
                        calls, replies, asyncReplies, config.maxPayloadBytes(), Set.of(), time);
        this.asyncEndpoints = new AsyncEndpoints(calls, replies, asyncReplies);
        this.server = HttpServer.create(config, dispatcher::newInvocationId, this::handle);
    }

    /** Replaces all routes at once; requests under way keep theirs. */
    public void routes(RouteTable routes) {
        this.routes = routes;
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalStateException when the address cannot be had
     */
    @Override
    public void start() {
        server.start();
        if (!server.isRunning()) {
            throw new IllegalStateException(
                    "cannot listen on "
                            + config.host()
                            + ":"
                            + config.port()
                            + ". Another process may have the port, or the address is not this"
                            + " machine's. Choose another port (0 for any free one) or host.");
        }
    }

    /** The port that was bound. */
    public int port() {
        return server.port();
    }

    /**
     * Answers new requests with 503 and ends their connections, and waits for those under way. The
     * port stays open until {@link #close()}, so that callers get an answer.
     */
    @Override
    public boolean drain(Duration patience) {
        return inFlight.closeAndWait(patience);
    }

    @Override
    public void close() {
        server.stop();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        Exchange exchange = new Exchange(request, response, dispatcher.newInvocationId());
        if (!inFlight.enter()) {
            replies.draining(exchange);
            exchange.end();
            return;
        }
        try {
            serve(exchange);
            exchange.end();
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(exchange, e);
        } finally {
            inFlight.leave();
        }
        exchange.letOthersRun();
    }

    private void serve(Exchange exchange) {
        RouteTable routes = this.routes;
        if (exchange.path().startsWith(AsyncEndpoints.RESERVED)) {
            asyncEndpoints.serve(exchange);
            return;
        }
        try {
            Optional<String> preflight = Cors.preflightFor(exchange);
            if (preflight.isPresent()
                    && routes.find(preflight.get(), exchange.path())
                            instanceof RouteMatch.Found(Route route, _)
                    && route.cors().isPresent()) {
                Cors.allowPreflight(exchange, route.cors().get(), preflight.get());
                replies.empty(exchange, 204);
                return;
            }
            serve(exchange, routes.find(exchange.method(), exchange.path()));
        } catch (BadPath e) {
            replies.problem(exchange, ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private void serve(Exchange exchange, RouteMatch match) {
        switch (match) {
            case RouteMatch.Found found -> call(exchange, found);
            case RouteMatch.WrongMethod(Set<String> allowed, Optional<CorsPolicy> cors) -> {
                if (!exchange.method().equals("OPTIONS")) { // a preflight would take it for a yes
                    cors.ifPresent(policy -> Cors.allowCall(exchange, policy));
                }
                replies.wrongMethod(exchange, String.join(", ", allowed));
            }
            case RouteMatch.Nowhere _ ->
                    replies.problem(
                            exchange,
                            ErrorCode.NO_ROUTE,
                            "no function has the route " + exchange.path());
        }
    }

    private void call(Exchange exchange, RouteMatch.Found found) {
        Route route = found.route();
        route.cors().ifPresent(policy -> Cors.allowCall(exchange, policy));
        Target target = new Target(route.function(), route.reference());
        if (Preferences.respondAsync(exchange.requestHeaders())) {
            asyncIntake.take(exchange, target, route.trigger(), found.variables());
            return;
        }
        Outcome outcome =
                dispatcher.dispatch(
                        InvocationRequest.once(
                                exchange.invocation(),
                                target,
                                route.trigger(),
                                Traces.of(exchange.requestHeaders()),
                                events.input(exchange, found.variables())));
        replies.send(exchange, outcome);
    }

    private void failed(Exchange exchange, RuntimeException e) {
        LOG.log(Level.ERROR, "invocation " + exchange.invocation() + " could not be answered", e);
        if (exchange.response().isSent() || !exchange.reset()) {
            throw Exchange.cutOff("failed while answering");
        }
        replies.problem(exchange, ErrorCode.INTERNAL, "the node's log says more");
        exchange.end();
    }
}
