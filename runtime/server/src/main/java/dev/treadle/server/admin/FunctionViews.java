package dev.treadle.server.admin;

import dev.treadle.bindings.NodeBindings;
import dev.treadle.engine.Engine;
import dev.treadle.engine.FunctionMeters;
import dev.treadle.engine.ReleaseState;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Release;
import dev.treadle.registry.manifest.ManifestWriter;
import dev.treadle.server.Deployments;
import dev.treadle.server.FunctionRoutes;
import dev.treadle.server.FunctionState;
import dev.treadle.server.SecretFiles;
import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.dependencies.DependencyState;
import dev.treadle.server.events.FunctionEvents;
import dev.treadle.trigger.http.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows functions as the admin API's documents. */
final class FunctionViews {
    private final Engine engine;
    private final SecretFiles secrets;
    private final Deployments deployments;
    private final FunctionEvents events;
    private final NodeInfo node;
    private final Dependencies dependencies;
    private final NodeBindings bindings;

    FunctionViews(
            Engine engine,
            SecretFiles secrets,
            Deployments deployments,
            FunctionEvents events,
            NodeInfo node,
            Dependencies dependencies,
            NodeBindings bindings) {
        this.engine = engine;
        this.secrets = secrets;
        this.deployments = deployments;
        this.events = events;
        this.node = node;
        this.dependencies = dependencies;
        this.bindings = bindings;
    }

    Views.Function brief(DeployedFunction function) {
        Release shown = shown(function);
        return new Views.Function(
                function.name().value(),
                function.live().map(Splits::weights),
                Splits.aliases(function.aliases()),
                function.newest().number(),
                shown.manifest().entry(),
                urls(function),
                function.newest().created());
    }

    Views.FunctionDetail detail(DeployedFunction function) {
        Release shown = shown(function);
        List<String> missing =
                shown.manifest().secrets().stream()
                        .filter(key -> secrets.get(key).isEmpty())
                        .toList();
        return new Views.FunctionDetail(
                callable(function),
                function.name().value(),
                function.live().map(Splits::weights),
                Splits.aliases(function.aliases()),
                function.newest().number(),
                shown.manifest().entry(),
                urls(function),
                function.newest().created(),
                FunctionRoutes.live(function).stream().map(this::route).toList(),
                releases(function),
                ManifestWriter.write(shown.manifest()),
                missing,
                calls(shown),
                events.subject(function),
                dependencies.statuses(function.name().value()).stream()
                        .map(FunctionViews::dependency)
                        .toList(),
                bindings.look(shown.manifest().bindings()).stream()
                        .map(FunctionViews::binding)
                        .toList(),
                stats(function));
    }

    static Views.Binding binding(NodeBindings.Status status) {
        return new Views.Binding(
                status.binding(),
                status.kind(),
                status.target(),
                status.provider(),
                status.trouble().isEmpty() ? "up" : "down",
                status.trouble());
    }

    private static Views.Dependency dependency(Dependencies.Status status) {
        String what = status.requirement().toString();
        return switch (status.state()) {
            case DependencyState.Up(Instant since) ->
                    new Views.Dependency(what, "up", since, Optional.empty());
            case DependencyState.Unknown(Instant since) ->
                    new Views.Dependency(what, "unknown", since, Optional.empty());
            case DependencyState.Down(Instant since, String reason) ->
                    new Views.Dependency(what, "down", since, Optional.of(reason));
        };
    }

    private List<Views.Called> calls(Release release) {
        return release.manifest().calls().stream()
                .map(
                        called ->
                                new Views.Called(
                                        called, deployments.exists(new FunctionName(called))))
                .toList();
    }

    List<Views.Release> releases(DeployedFunction function) {
        List<Views.Release> releases = new ArrayList<>();
        for (Release release : function.releases().reversed().values()) {
            List<String> aliases = Splits.namesOf(function.aliases(), release.number());
            releases.add(
                    new Views.Release(
                            release.number(),
                            release.artifact().hex(),
                            release.created(),
                            release.manifest().entry(),
                            state(release),
                            aliases));
        }
        return releases;
    }

    private String state(Release release) {
        Optional<ReleaseState> state =
                engine.functions().state(release.function(), release.number());
        if (state.isEmpty()) {
            return "unloaded";
        }
        if (state.get().failure().isPresent()) {
            return "failed";
        }
        return state.get().loaded() ? "loaded" : "unloaded";
    }

    private Views.Callable callable(DeployedFunction function) {
        Optional<String> obstacle = FunctionState.obstacle(engine, function);
        if (obstacle.isPresent()) {
            return new Views.Callable(false, obstacle.get());
        }
        boolean loaded =
                function.live().orElseThrow().weights().keySet().stream()
                        .allMatch(
                                number ->
                                        engine.functions()
                                                .state(function.name(), number)
                                                .map(ReleaseState::loaded)
                                                .orElse(false));
        return new Views.Callable(true, loaded ? "loaded" : "loads on its next call");
    }

    private Views.Stats stats(DeployedFunction function) {
        long invocations = 0;
        long errors = 0;
        long timeouts = 0;
        long refused = 0;
        int inFlight = 0;
        int waiting = 0;
        for (int number : function.releases().keySet()) {
            Optional<ReleaseState> state = engine.functions().state(function.name(), number);
            if (state.isPresent()) {
                FunctionMeters meters = state.get().meters();
                invocations += meters.invocations();
                errors += meters.failed();
                timeouts += meters.expired();
                refused += meters.refused();
                inFlight += state.get().inFlight();
                waiting += state.get().waiting();
            }
        }
        Optional<FunctionMeters> live =
                engine.functions()
                        .state(function.name(), shown(function).number())
                        .map(ReleaseState::meters)
                        .filter(meters -> meters.invocations() > 0);
        return new Views.Stats(
                invocations,
                errors,
                timeouts,
                refused,
                inFlight,
                waiting,
                quantile(live, 0.5),
                quantile(live, 0.99));
    }

    private static OptionalLong quantile(Optional<FunctionMeters> meters, double share) {
        return meters.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(meters.get().quantileNanos(share) / 1_000);
    }

    private Views.Route route(Route route) {
        return new Views.Route(
                route.path(),
                route.methods().stream().sorted().toList(),
                node.httpUrl() + route.path());
    }

    private List<String> urls(DeployedFunction function) {
        return FunctionRoutes.live(function).stream()
                .map(route -> node.httpUrl() + route.path())
                .toList();
    }

    /** The newest release that is live, or else the newest. */
    private static Release shown(DeployedFunction function) {
        return function.live()
                .map(split -> function.releases().get(split.newest()))
                .orElse(function.newest());
    }
}
