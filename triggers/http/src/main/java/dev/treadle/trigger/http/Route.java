package dev.treadle.trigger.http;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A function's claim to a path. Made by {@link #of}.
 *
 * @param function the function's name
 * @param template the path
 * @param methods in capitals; empty for every method but OPTIONS
 * @param cors who may call from a browser page of another origin
 */
public record Route(
        String function, PathTemplate template, Set<String> methods, Optional<CorsPolicy> cors) {
    public Route {
        methods = Set.copyOf(methods);
    }

    /**
     * A route.
     *
     * @param path a template such as {@code /thumb/{id}} or {@code /files/{path...}}
     * @param methods in capitals; empty for every method but OPTIONS
     * @throws IllegalArgumentException when the template is wrong; the message says why
     */
    public static Route of(
            String function, String path, Collection<String> methods, Optional<CorsPolicy> cors) {
        return new Route(function, PathTemplate.parse(path), new TreeSet<>(methods), cors);
    }

    /** A route for browsers of the same origin only. */
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
