package dev.treadle.server.admin;

import dev.treadle.Log;
import dev.treadle.engine.LogLine;
import dev.treadle.engine.LogStore;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.server.Deployments;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.nats.EventsGone;
import dev.treadle.trigger.nats.Replay;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** {@code /v1/functions/{name}/replay}: runs events of a function's stream again. */
final class ReplayPart implements AdminServer.Part {
    private final Deployments deployments;
    private final ReplayPlans plans;
    private final Replay replay;
    private final LogStore logs;
    private final BooleanSupplier stopping;
    private final InstantSource clock;

    ReplayPart(
            Deployments deployments,
            ReplayPlans plans,
            Replay replay,
            LogStore logs,
            BooleanSupplier stopping,
            InstantSource clock) {
        this.deployments = deployments;
        this.plans = plans;
        this.replay = replay;
        this.logs = logs;
        this.stopping = stopping;
        this.clock = clock;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.post(
                "/v1/functions/{name}/replay",
                (request, response) -> replay(request, response, json));
    }

    private void replay(ServerRequest request, ServerResponse response, AdminJson json) {
        DeployedFunction function = deployments.require(Params.function(request));
        ReplayViews.Replay wanted = json.read(request, ReplayViews.Replay.class);
        Replay.Plan plan = plans.plan(function, wanted);
        Optional<JsonDiff> diff =
                wanted.compare().map(compare -> new JsonDiff(compare.ignore().orElse(List.of())));
        ReplayAnswer answer =
                new ReplayAnswer(
                        plan.mode(), diff, response, json, text -> note(function, text), stopping);
        try {
            answer.end(replay.run(plan, answer));
        } catch (EventsGone e) {
            throw new ApiException(ErrorCode.EVENTS_GONE, String.valueOf(e.getMessage()));
        }
    }

    /** Who reads the function's log sees why old events come again. */
    private void note(DeployedFunction function, String text) {
        logs.append(
                new LogLine(
                        0,
                        clock.instant(),
                        function.name().value(),
                        function.newest().number(),
                        Optional.empty(),
                        Optional.empty(),
                        Log.Level.INFO,
                        text));
    }
}
