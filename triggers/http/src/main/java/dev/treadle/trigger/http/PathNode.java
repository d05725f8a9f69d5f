package dev.treadle.trigger.http;

import dev.treadle.trigger.PercentCoding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of path segments. Never changes: a change makes new nodes on its way down and
 * shares all others.
 *
 * @param variable what follows a variable here
 * @param rest what takes all that follows
 * @param here what takes the path that ends here
 */
record PathNode(
        TextTable<PathNode> literals,
        @Nullable PathNode variable,
        @Nullable Endpoints rest,
        @Nullable Endpoints here) {
    static final PathNode EMPTY = new PathNode(TextTable.empty(), null, null, null);

    /** The child for the text between two places of a path; escapes are decoded. */
    @Nullable PathNode literal(String path, int from, int end) {
        int hash = 0;
        for (int i = from; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                return decodedLiteral(path.substring(from, end));
            }
            hash = 31 * hash + c;
        }
        return literals.get(hash, path, from, end);
    }

    private @Nullable PathNode decodedLiteral(String segment) {
        try {
            return literals.get(PercentCoding.decode(segment));
        } catch (IllegalArgumentException e) {
            throw new BadPath("the path cannot be decoded: " + e.getMessage());
        }
    }

    /** This place after a change; null when nothing is left of it. */
    @Nullable PathNode after(RouteChange change) {
        Map<String, Optional<PathNode>> texts = new LinkedHashMap<>();
        PathNode variableAfter = variable;
        Endpoints restAfter = rest;
        Endpoints hereAfter = here;
        for (Map.Entry<RouteChange.Step, RouteChange> each : change.steps().entrySet()) {
            RouteChange next = each.getValue();
            switch (each.getKey()) {
                case RouteChange.Step.Here _ -> hereAfter = Endpoints.after(here, next);
                case RouteChange.Step.Rest _ -> restAfter = Endpoints.after(rest, next);
                case RouteChange.Step.Variable _ -> variableAfter = after(variable, next);
                case RouteChange.Step.Text(String text) ->
                        texts.put(text, Optional.ofNullable(after(literals.get(text), next)));
            }
        }
        TextTable<PathNode> literalsAfter = texts.isEmpty() ? literals : literals.with(texts);
        boolean nothing =
                literalsAfter.isEmpty()
                        && variableAfter == null
                        && restAfter == null
                        && hereAfter == null;
        return nothing ? null : new PathNode(literalsAfter, variableAfter, restAfter, hereAfter);
    }

    private static @Nullable PathNode after(@Nullable PathNode node, RouteChange change) {
        return (node == null ? EMPTY : node).after(change);
    }

    /** What takes exactly the paths of a template without variables. */
    @Nullable Endpoints endpoints(PathTemplate fixed) {
        PathNode node = this;
        for (PathTemplate.Segment segment : fixed.segments()) {
            node =
                    segment instanceof PathTemplate.Segment.Literal(String text)
                            ? node.literals.get(text)
                            : null;
            if (node == null) {
                return null;
            }
        }
        return node.here;
    }
}
