package dev.treadle.server;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Release;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.trigger.http.CorsPolicy;
import dev.treadle.trigger.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The HTTP routes of functions. A function has the routes of all releases that {@code live} points
 * at. A route that all of them declare goes by {@code live}'s weights; one that only some declare
 * goes to the newest of those, for the others would not know it.
 */
public final class FunctionRoutes {
    private FunctionRoutes() {}

    /** The routes that are live. */
    public static List<Route> live(DeployedFunction function) {
        List<Release> live =
                function.live().stream()
                        .flatMap(split -> split.weights().keySet().stream())
                        .map(number -> function.releases().get(number))
                        .toList();
        Map<TriggerSpec.Http, Release> newest = new LinkedHashMap<>();
        for (Release release : live) {
            for (TriggerSpec.Http spec : release.manifest().routes()) {
                newest.put(spec, release);
            }
        }
        List<Route> routes = new ArrayList<>();
        newest.forEach(
                (spec, release) -> {
                    boolean all =
                            live.stream().allMatch(each -> each.manifest().routes().contains(spec));
                    String reference = all ? DeployedFunction.LIVE : release.label();
                    routes.add(
                            route(function.name().value(), reference, spec)
                                    .named(name(release.manifest(), spec)));
                });
        return routes;
    }

    /** The routes that a manifest declares. */
    static List<Route> declared(Manifest manifest) {
        return manifest.routes().stream()
                .map(
                        spec ->
                                route(manifest.name().value(), DeployedFunction.LIVE, spec)
                                        .named(name(manifest, spec)))
                .toList();
    }

    private static String name(Manifest manifest, TriggerSpec.Http spec) {
        return manifest.namedTriggers().entrySet().stream()
                .filter(named -> named.getValue().equals(spec))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Route route(String function, String reference, TriggerSpec.Http spec) {
        return Route.of(
                function,
                reference,
                spec.path(),
                spec.methods(),
                spec.cors().map(FunctionRoutes::cors));
    }

    private static CorsPolicy cors(TriggerSpec.Cors cors) {
        return new CorsPolicy(
                cors.origins(),
                cors.methods(),
                cors.headers(),
                cors.expose(),
                cors.credentials(),
                cors.maxAge());
    }
}
