package dev.treadle.trigger.http;

import dev.treadle.trigger.http.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Routes that go and routes that come, at one place of the tree of paths.
 *
 * @param depth which segment of their templates leads on from here
 */
record RouteChange(List<Route> gone, List<Route> come, int depth) {
    /** Where a route leads from here. */
    sealed interface Step {
        /** Nowhere: its template ends here. */
        record Here() implements Step {}

        /** Past a segment of text. */
        record Text(String text) implements Step {}

        /** Past a variable. */
        record Variable() implements Step {}

        /** It takes all that follows. */
        record Rest() implements Step {}
    }

    /** The same change shared out over the next steps. */
    Map<Step, RouteChange> steps() {
        Map<Step, RouteChange> steps = new LinkedHashMap<>();
        gone.forEach(route -> at(steps, route).gone.add(route));
        come.forEach(route -> at(steps, route).come.add(route));
        return steps;
    }

    private RouteChange at(Map<Step, RouteChange> steps, Route route) {
        return steps.computeIfAbsent(
                step(route), _ -> new RouteChange(new ArrayList<>(), new ArrayList<>(), depth + 1));
    }

    private Step step(Route route) {
        List<Segment> segments = route.template().segments();
        if (depth == segments.size()) {
            return new Step.Here();
        }
        return switch (segments.get(depth)) {
            case Segment.Literal(String text) -> new Step.Text(text);
            case Segment.Variable _ -> new Step.Variable();
            case Segment.Rest _ -> new Step.Rest();
        };
    }
}
