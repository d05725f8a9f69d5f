package dev.treadle.trigger.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All routes of a node at one moment. Never changes; safe for threads.
 *
 * <p>Which route takes a request is decided segment by segment from the left: text goes before
 * {@code {name}}, and that before {@code {name...}}. Among routes of one shape, a method by name
 * goes before HEAD by way of GET, and that before a route for every method. A template that matches
 * the path but not the method is passed over as long as another one takes both. A trailing slash
 * counts: {@code /a} and {@code /a/} are two paths, and {@code /a/{rest...}} matches {@code /a/}
 * but not {@code /a}.
 */
public final class RouteTable {
    private final TextTable<Endpoints> fixedPaths;
    private final PathNode root;

    private RouteTable(TextTable<Endpoints> fixedPaths, PathNode root) {
        this.fixedPaths = fixedPaths;
        this.root = root;
    }

    /** Two functions that want the same requests. */
    public record Conflict(Route wanted, Route owner) {}

    /** Makes a table. Where two routes want the same requests, the first in order has them. */
    public static RouteTable of(Collection<Route> routes) {
        return empty().with(List.of(), routes);
    }

    /** A table without routes. */
    public static RouteTable empty() {
        return new RouteTable(TextTable.empty(), PathNode.EMPTY);
    }

    /**
     * The same with other routes in place of some. What it costs depends on these; the others are
     * shared but for the lists of pointers to them.
     *
     * @param gone routes of this table
     * @param come are behind those that stay, where two want the same requests
     */
    public RouteTable with(Collection<Route> gone, Collection<Route> come) {
        PathNode changed = root.after(new RouteChange(List.copyOf(gone), List.copyOf(come), 0));
        PathNode after = changed == null ? PathNode.EMPTY : changed;
        Map<String, Optional<Endpoints>> fixed = new HashMap<>();
        for (Collection<Route> some : List.of(gone, come)) {
            for (Route route : some) {
                if (route.template().variables().isEmpty()) {
                    fixed.put(route.path(), Optional.ofNullable(after.endpoints(route.template())));
                }
            }
        }
        return new RouteTable(fixedPaths.with(fixed), after);
    }

    /**
     * Routes that cannot be had because another function has them: the same template but for the
     * names of its variables, and a method in common.
     */
    public static List<Conflict> conflicts(Collection<Route> wanted, Collection<Route> owned) {
        Map<String, List<Route>> byShape = new HashMap<>();
        for (Route route : owned) {
            byShape.computeIfAbsent(route.template().shape(), _ -> new ArrayList<>()).add(route);
        }
        List<Conflict> conflicts = new ArrayList<>();
        for (Route route : wanted) {
            for (Route owner : byShape.getOrDefault(route.template().shape(), List.of())) {
                if (!owner.function().equals(route.function()) && owner.overlaps(route)) {
                    conflicts.add(new Conflict(route, owner));
                }
            }
        }
        return conflicts;
    }

    /**
     * Finds what takes a request.
     *
     * @param path as it was sent, without the query
     * @throws BadPath when the path is badly encoded
     */
    RouteMatch find(String method, String path) {
        Endpoints fixed = fixedPaths.get(path);
        Endpoints.Endpoint endpoint = fixed == null ? null : fixed.forMethod(method);
        return endpoint == null ? new RouteSearch(method, path).from(root) : endpoint.plain();
    }
}
