package dev.treadle.trigger.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of one template shape, by method. Never changes. */
final class Endpoints {
    private static final List<String> USUAL =
            List.of("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT");

    private final List<Route> routes;

    /** One and the same for all routes that take every method: one cache miss less in each call. */
    private final Map<String, Endpoint> byMethod;

    private final @Nullable Endpoint anyMethod;

    private Endpoints(List<Route> routes) {
        this.routes = routes;
        Map<String, Endpoint> named = new HashMap<>();
        Endpoint any = null;
        for (Route route : routes) {
            Endpoint endpoint = Endpoint.of(route);
            any = route.methods().isEmpty() && any == null ? endpoint : any;
            route.methods().forEach(method -> named.putIfAbsent(method, endpoint));
        }
        this.byMethod = named.isEmpty() ? Map.of() : named;
        this.anyMethod = any;
    }

    /** What is there after a change; of two routes for the same method the earlier one has it. */
    static @Nullable Endpoints after(@Nullable Endpoints before, RouteChange change) {
        List<Route> routes = new ArrayList<>(before == null ? List.of() : before.routes);
        change.gone().forEach(routes::remove);
        routes.addAll(change.come());
        return routes.isEmpty() ? null : new Endpoints(routes);
    }

    /** A route and, ready made, what it needs when it is found. */
    record Endpoint(Route route, List<String> variables, RouteMatch.Found plain) {
        static Endpoint of(Route route) {
            return new Endpoint(
                    route,
                    route.template().variables(),
                    new RouteMatch.Found(route, PathVariables.NONE));
        }
    }

    /** A method by name goes before HEAD by way of GET, and that before every method. */
    @Nullable Endpoint forMethod(String method) {
        Endpoint named = byMethod.get(method);
        if (named == null && method.equals("HEAD")) {
            named = byMethod.get("GET");
        }
        if (named == null && !method.equals("OPTIONS")) {
            named = anyMethod;
        }
        return named;
    }

    /** Who may call from a page of another origin, by the first route that says so. */
    Optional<CorsPolicy> cors() {
        return routes.stream().flatMap(route -> route.cors().stream()).findFirst();
    }

    void addAllowedTo(Set<String> methods) {
        methods.add("OPTIONS");
        methods.addAll(byMethod.keySet());
        if (byMethod.containsKey("GET")) {
            methods.add("HEAD");
        }
        if (anyMethod != null) {
            methods.addAll(USUAL);
        }
    }
}
