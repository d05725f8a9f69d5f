package dev.treadle.server.admin;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.server.Deployments;
import dev.treadle.server.FunctionRoutes;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.http.DirectCalls;
import dev.treadle.trigger.http.Route;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;

/** {@code /v1/functions/{name}/invoke}: calls a function by name. */
final class InvokePart implements AdminServer.Part {
    private static final String TRIGGER = "invoke";
    private static final String POST = "POST";

    private final Deployments deployments;
    private final DirectCalls calls;

    InvokePart(Deployments deployments, DirectCalls calls) {
        this.deployments = deployments;
        this.calls = calls;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.post("/v1/functions/{name}/invoke", this::invoke);
    }

    private void invoke(ServerRequest request, ServerResponse response) {
        DeployedFunction function = deployments.require(Params.function(request));
        String reference = Params.query(request, "reference").orElse(DeployedFunction.LIVE);
        calls.call(
                request,
                response,
                new Target(function.name().value(), reference),
                TRIGGER,
                seen(request, FunctionRoutes.live(function)));
    }

    /** What the caller says, or else the function's first route. */
    private static DirectCalls.Seen seen(ServerRequest request, List<Route> routes) {
        String target =
                Params.query(request, "path")
                        .orElseGet(() -> routes.isEmpty() ? "/" : fixed(routes.getFirst()));
        String path = target.startsWith("/") ? target : "/" + target;
        int mark = path.indexOf('?');
        return new DirectCalls.Seen(
                method(request, routes),
                mark < 0 ? path : path.substring(0, mark),
                mark < 0 ? "" : path.substring(mark + 1),
                routes);
    }

    private static String fixed(Route route) {
        return route.template().variables().isEmpty() ? route.path() : "/";
    }

    private static String method(ServerRequest request, List<Route> routes) {
        return Params.query(request, "method")
                .map(method -> method.toUpperCase(Locale.ROOT))
                .orElseGet(
                        () ->
                                routes.isEmpty()
                                                || routes.getFirst().methods().isEmpty()
                                                || routes.getFirst().methods().contains(POST)
                                        ? POST
                                        : routes.getFirst().methods().stream()
                                                .sorted()
                                                .findFirst()
                                                .orElse(POST));
    }
}
