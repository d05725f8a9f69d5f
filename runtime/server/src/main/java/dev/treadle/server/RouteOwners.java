package dev.treadle.server;

import dev.treadle.server.admin.ApiException;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.http.Route;
import dev.treadle.trigger.http.RouteTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has which routes, those of deploys under way included, so that no two functions come to have
 * the same one. Safe for threads.
 */
final class RouteOwners {
    private final Map<String, List<Route>> live = new HashMap<>();
    private final Map<String, List<Route>> byShape = new HashMap<>();

    /** A function's live routes from now on; returns those of before. */
    synchronized List<Route> set(String function, List<Route> routes) {
        List<Route> known = routes.isEmpty() ? live.remove(function) : live.put(function, routes);
        List<Route> before = known == null ? List.of() : known;
        before.forEach(this::remove);
        routes.forEach(this::add);
        return before;
    }

    /**
     * Keeps routes for a deploy until the claim is closed.
     *
     * @throws ApiException when another function has one of them
     */
    synchronized Claim claim(Collection<Route> wanted) {
        for (Route route : wanted) {
            List<Route> owned = byShape.getOrDefault(route.template().shape(), List.of());
            for (RouteTable.Conflict conflict : RouteTable.conflicts(List.of(route), owned)) {
                throw new ApiException(
                        ErrorCode.ROUTE_TAKEN,
                        "the route %s belongs to %s (as %s); change `triggers` in function.yaml, or delete that function"
                                .formatted(
                                        route.path(),
                                        conflict.owner().function(),
                                        conflict.owner().path()));
            }
        }
        wanted.forEach(this::add);
        return () -> release(wanted);
    }

    private synchronized void release(Collection<Route> wanted) {
        wanted.forEach(this::remove);
    }

    private void add(Route route) {
        byShape.computeIfAbsent(route.template().shape(), _ -> new ArrayList<>()).add(route);
    }

    private void remove(Route route) {
        byShape.computeIfPresent(
                route.template().shape(),
                (_, routes) -> {
                    routes.remove(route);
                    return routes.isEmpty() ? null : routes;
                });
    }

    /** Routes kept for a deploy. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }
}
