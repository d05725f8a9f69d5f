package dev.treadle.server;

import dev.treadle.engine.Engine;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry;
import dev.treadle.trigger.http.HttpTrigger;
import dev.treadle.trigger.http.Route;
import dev.treadle.trigger.http.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes what the registry says true on this node: first the engine, then the routes, so that no
 * route ever leads to a function that the engine does not know. Called by the registry, one change
 * at a time.
 */
final class Activation {
    private final Registry registry;
    private final Engine engine;
    private final HttpTrigger http;
    private final RouteOwners owners;
    private RouteTable table = RouteTable.empty();

    Activation(Registry registry, Engine engine, HttpTrigger http, RouteOwners owners) {
        this.registry = registry;
        this.engine = engine;
        this.http = http;
        this.owners = owners;
    }

    /** Takes over all that is deployed, and follows every change from then on. */
    synchronized Registry.Watch start() {
        Registry.Watch watch = registry.watch(this::changed);
        List<Route> all = new ArrayList<>();
        for (DeployedFunction function : registry.catalog().functions()) {
            engine.functions().update(function);
            List<Route> routes = FunctionRoutes.live(function);
            owners.set(function.name().value(), routes);
            all.addAll(routes);
        }
        serve(RouteTable.of(all));
        return watch;
    }

    private synchronized void changed(FunctionName name) {
        Optional<DeployedFunction> function = registry.catalog().function(name);
        function.ifPresent(engine.functions()::update);
        List<Route> routes = function.map(FunctionRoutes::live).orElse(List.of());
        List<Route> before = owners.set(name.value(), routes);
        if (!before.equals(routes)) {
            serve(table.with(before, routes));
        }
        if (function.isEmpty()) {
            engine.functions().remove(name);
        }
    }

    private void serve(RouteTable after) {
        table = after;
        http.routes(after);
    }
}
