package dev.treadle.trigger.http;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A function's claim to a path. Made by {@link #of}.
 *
 * @param function the function's name
 * @param reference the alias or release that takes the requests, usually {@code live}
 * @param template the path
 * @param methods in capitals; empty for every method but OPTIONS
 * @param cors who may call from a browser page of another origin
 * @param trigger the trigger's name within the function, such as {@code http-2}
 */
public record Route(
        String function,
        String reference,
        PathTemplate template,
        Set<String> methods,
        Optional<CorsPolicy> cors,
        String trigger) {
    private static final String LIVE = "live";
    private static final String FIRST = "http";

    public Route {
        methods = Set.copyOf(methods);
    }

    /**
     * A route: the function's first, unless {@link #named} says else.
     *
     * @param reference the alias or release that takes the requests
     * @param path a template such as {@code /thumb/{id}} or {@code /files/{path...}}
     * @param methods in capitals; empty for every method but OPTIONS
     * @throws IllegalArgumentException when the template is wrong; the message says why
     */
    public static Route of(
            String function,
            String reference,
            String path,
            Collection<String> methods,
            Optional<CorsPolicy> cors) {
        return new Route(
                function, reference, PathTemplate.parse(path), new TreeSet<>(methods), cors, FIRST);
    }

    /** The same as a trigger of this name. */
    public Route named(String trigger) {
        return new Route(function, reference, template, methods, cors, trigger);
    }

    /** A route to what is live. */
    public static Route of(
            String function, String path, Collection<String> methods, Optional<CorsPolicy> cors) {
        return of(function, LIVE, path, methods, cors);
    }

    /** A route to what is live, for browsers of the same origin only. */
    public static Route of(String function, String path, String... methods) {
        return of(function, path, Set.of(methods), Optional.empty());
    }

    /** The path template as it was written. */
    public String path() {
        return template.text();
    }

    /** Whether some request could go to either. */
    boolean overlaps(Route other) {
        return methods.isEmpty()
                || other.methods.isEmpty()
                || methods.stream().anyMatch(other.methods::contains);
    }
}
