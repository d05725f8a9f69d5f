package dev.treadle.trigger.http;

import java.util.Set;

/** Where a request goes. */
sealed interface RouteMatch {
    /** To a function. */
    record Found(Route route, PathVariables variables) implements RouteMatch {}

    /**
     * The path is there, the method is not.
     *
     * @param allowed the methods that are, sorted
     */
    record WrongMethod(Set<String> allowed) implements RouteMatch {}

    /** Nothing is there. */
    record Nowhere() implements RouteMatch {}
}
