package dev.treadle.trigger.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final Map<String, Endpoints> fixedPaths;
    private final PathNode root;

    private RouteTable(Map<String, Endpoints> fixedPaths, PathNode root) {
        this.fixedPaths = fixedPaths;
        this.root = root;
    }

    /** Two functions that want the same requests. */
    public record Conflict(Route wanted, Route owner) {}

    /** Makes a table. Where two routes want the same requests, the first in order has them. */
    public static RouteTable of(Collection<Route> routes) {
        Map<String, Endpoints> fixedPaths = new HashMap<>();
        Draft root = new Draft();
        for (Route route : routes) {
            Endpoints endpoints = root.endpoints(route.template().segments(), 0);
            endpoints.add(route);
            if (route.template().variables().isEmpty()) {
                fixedPaths.put(route.path(), endpoints);
            }
        }
        return new RouteTable(fixedPaths, root.freeze());
    }

    /** A table without routes. */
    public static RouteTable empty() {
        return of(List.of());
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

    /** A node of the tree while it is built. */
    private static final class Draft {
        private final Map<String, Draft> literals = new HashMap<>();
        private @Nullable Draft variable;
        private @Nullable Endpoints rest;
        private @Nullable Endpoints here;

        Endpoints endpoints(List<PathTemplate.Segment> segments, int depth) {
            if (depth == segments.size()) {
                here = here == null ? new Endpoints() : here;
                return here;
            }
            return switch (segments.get(depth)) {
                case PathTemplate.Segment.Literal(String text) ->
                        literals.computeIfAbsent(text, _ -> new Draft())
                                .endpoints(segments, depth + 1);
                case PathTemplate.Segment.Variable _ -> {
                    variable = variable == null ? new Draft() : variable;
                    yield variable.endpoints(segments, depth + 1);
                }
                case PathTemplate.Segment.Rest _ -> {
                    rest = rest == null ? new Endpoints() : rest;
                    yield rest;
                }
            };
        }

        PathNode freeze() {
            Map<String, PathNode> children = new HashMap<>();
            literals.forEach((text, draft) -> children.put(text, draft.freeze()));
            return new PathNode(children, variable == null ? null : variable.freeze(), rest, here);
        }
    }
}
