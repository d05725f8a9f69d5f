package dev.treadle.trigger.http;

import java.util.Optional;
import java.util.Set;

/** Where a request goes. */
sealed interface RouteMatch {
    /** To a function. */
    record Found(Route route, PathVariables variables) implements RouteMatch {}

    /**
     * The path is there, the method is not.
     *
     * @param allowed the methods that are, sorted
     * @param cors who may read so from a page of another origin, by the first route that has a say
     */
    record WrongMethod(Set<String> allowed, Optional<CorsPolicy> cors) implements RouteMatch {}

    /** Nothing is there. */
    record Nowhere() implements RouteMatch {}
}
