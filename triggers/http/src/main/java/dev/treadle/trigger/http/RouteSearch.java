package dev.treadle.trigger.http;

import dev.treadle.trigger.PercentCoding;
import dev.treadle.trigger.http.Endpoints.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One walk through the tree of paths. */
final class RouteSearch {
    private final String method;
    private final String path;
    private final Set<String> allowed = new TreeSet<>();
    private Optional<CorsPolicy> cors = Optional.empty();
    private int[] captures = new int[8];
    private int captured;

    RouteSearch(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /**
     * @throws BadPath when a variable's value is badly encoded
     */
    RouteMatch from(PathNode root) {
        Endpoint endpoint = path.startsWith("/") ? visit(root, 1) : null;
        if (endpoint != null) {
            return endpoint.variables().isEmpty()
                    ? endpoint.plain()
                    : new RouteMatch.Found(endpoint.route(), variables(endpoint.variables()));
        }
        return allowed.isEmpty()
                ? new RouteMatch.Nowhere()
                : new RouteMatch.WrongMethod(allowed, cors);
    }

    private @Nullable Endpoint visit(PathNode node, int from) {
        int slash = path.indexOf('/', from);
        int end = slash < 0 ? path.length() : slash;
        Endpoint found = enter(node.literal(path, from, end), end);
        if (found == null && node.variable() != null && end > from) {
            capture(from, end);
            found = enter(node.variable(), end);
            captured -= found == null ? 2 : 0;
        }
        if (found == null && node.rest() != null) {
            capture(from, path.length());
            found = take(node.rest());
            captured -= found == null ? 2 : 0;
        }
        return found;
    }

    private @Nullable Endpoint enter(@Nullable PathNode child, int end) {
        if (child == null) {
            return null;
        }
        return end == path.length() ? take(child.here()) : visit(child, end + 1);
    }

    private @Nullable Endpoint take(@Nullable Endpoints endpoints) {
        if (endpoints == null) {
            return null;
        }
        Endpoint endpoint = endpoints.forMethod(method);
        if (endpoint == null) {
            endpoints.addAllowedTo(allowed);
            cors = cors.or(endpoints::cors);
        }
        return endpoint;
    }

    private void capture(int from, int end) {
        if (captured == captures.length) {
            captures = Arrays.copyOf(captures, captured * 2);
        }
        captures[captured++] = from;
        captures[captured++] = end;
    }

    private PathVariables variables(List<String> names) {
        String[] values = new String[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = decode(path.substring(captures[2 * i], captures[2 * i + 1]));
            refuseDotSegments(values[i]);
        }
        return new PathVariables(names, values);
    }

    private static String decode(String value) {
        try {
            return PercentCoding.decode(value);
        } catch (IllegalArgumentException e) {
            throw new BadPath("the path cannot be decoded: " + e.getMessage());
        }
    }

    private static void refuseDotSegments(String value) {
        if (value.indexOf('.') < 0) {
            return;
        }
        for (String segment : value.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new BadPath("a path must not have . or .. as a segment");
            }
        }
    }
}
