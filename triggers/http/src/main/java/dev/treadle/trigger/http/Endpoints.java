package dev.treadle.trigger.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of one template shape, by method. Filled once, then only read. */
final class Endpoints {
    private static final List<String> USUAL =
            List.of("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT");

    /** One and the same for all routes that take every method: one cache miss less in each call. */
    private Map<String, Endpoint> byMethod = Map.of();

    private @Nullable Endpoint anyMethod;

    /** A route and, ready made, what it needs when it is found. */
    record Endpoint(Route route, List<String> variables, RouteMatch.Found plain) {
        static Endpoint of(Route route) {
            return new Endpoint(
                    route,
                    route.template().variables(),
                    new RouteMatch.Found(route, PathVariables.NONE));
        }
    }

    /** Adds a route; an earlier one for the same method stays. */
    void add(Route route) {
        Endpoint endpoint = Endpoint.of(route);
        if (route.methods().isEmpty() && anyMethod == null) {
            anyMethod = endpoint;
        }
        if (!route.methods().isEmpty()) {
            Map<String, Endpoint> more = new HashMap<>(byMethod);
            route.methods().forEach(method -> more.putIfAbsent(method, endpoint));
            byMethod = more;
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
