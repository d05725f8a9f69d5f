package dev.treadle.server.admin;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.Deployments;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.server.events.EventStatus;
import dev.treadle.server.events.FunctionEvents;
import dev.treadle.server.pauses.Pause;
import dev.treadle.server.pauses.SharedPauses;
import dev.treadle.server.pauses.TriggerPauses;
import dev.treadle.server.schedules.FunctionSchedules;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.nats.NatsTrigger;
import dev.treadle.trigger.schedule.Schedule;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** {@code /v1/functions/{name}/triggers}: what causes a function's invocations; pause, resume. */
final class TriggersPart implements AdminServer.Part {
    private static final String TRIGGERS = "/v1/functions/{name}/triggers";
    private static final int NEXT = 1;
    private static final int NEXT_MAX = 1_000;
    private static final int BY_MAX = 100;
    private static final int REASON_MAX = 500;

    private final Deployments deployments;
    private final TriggerPauses pauses;
    private final SharedPauses sharedPauses;
    private final FunctionEvents events;
    private final InstantSource clock;

    TriggersPart(
            Deployments deployments,
            TriggerPauses pauses,
            SharedPauses sharedPauses,
            FunctionEvents events,
            InstantSource clock) {
        this.deployments = deployments;
        this.pauses = pauses;
        this.sharedPauses = sharedPauses;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void register(HttpRouting.Builder routing, AdminJson json) {
        routing.get(TRIGGERS, (request, response) -> json.send(response, 200, list(request)));
        routing.post(
                TRIGGERS + "/{trigger}/pause",
                (request, response) -> json.send(response, 200, pause(request, json, true)));
        routing.post(
                TRIGGERS + "/{trigger}/resume",
                (request, response) -> json.send(response, 200, pause(request, json, false)));
    }

    private Views.TriggerList list(ServerRequest request) {
        DeployedFunction function = deployments.require(Params.function(request));
        int next = Params.number(request, "next", 0, NEXT_MAX).orElse(NEXT);
        Map<String, EventStatus> statuses = events.statuses(function.name().value());
        List<Views.Trigger> triggers = new ArrayList<>();
        FunctionTriggers.live(function)
                .forEach(
                        (name, spec) ->
                                triggers.add(
                                        view(
                                                function,
                                                name,
                                                spec,
                                                next,
                                                Optional.ofNullable(statuses.get(name)))));
        return new Views.TriggerList(triggers);
    }

    private Views.Trigger pause(ServerRequest request, AdminJson json, boolean pause) {
        Views.SetPause body = json.read(request, Views.SetPause.class);
        DeployedFunction function = deployments.require(Params.function(request));
        String name = Params.path(request, "trigger");
        TriggerSpec spec = trigger(function, name);
        if (spec instanceof TriggerSpec.Http) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    "%s is a route; routes cannot be paused, take it out of the manifest instead"
                            .formatted(name));
        }
        pauses.set(
                new Pause.Key(function.name().value(), name),
                pause,
                words("by", body.by().orElse("the admin API"), BY_MAX),
                words("reason", body.reason().orElse(""), REASON_MAX));
        return view(function, name, spec, NEXT, Optional.empty());
    }

    /** One line: it is shown in tables and logs. */
    private static String words(String what, String text, int max) {
        if (text.length() > max || text.chars().anyMatch(Character::isISOControl)) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST,
                    "'%s' is one line of %d characters at most".formatted(what, max));
        }
        return text.strip();
    }

    private static TriggerSpec trigger(DeployedFunction function, String name) {
        Map<String, TriggerSpec> triggers = FunctionTriggers.live(function);
        return Optional.ofNullable(triggers.get(name))
                .orElseThrow(
                        () ->
                                new ApiException(
                                        ErrorCode.NO_FUNCTION,
                                        "%s has no trigger '%s'; it has %s"
                                                .formatted(
                                                        function.name(),
                                                        name,
                                                        triggers.isEmpty()
                                                                ? "none"
                                                                : String.join(
                                                                        ", ", triggers.keySet()))));
    }

    private Views.Trigger view(
            DeployedFunction function,
            String name,
            TriggerSpec spec,
            int next,
            Optional<EventStatus> status) {
        Optional<Pause> pause = Optional.ofNullable(pauses.of(function.name().value()).get(name));
        boolean paused = pause.isPresent();
        return new Views.Trigger(
                name,
                spec.kind(),
                summary(spec),
                paused ? "paused" : status.map(TriggersPart::state).orElse("active"),
                pause.map(Pause::toString)
                        .or(
                                () ->
                                        status.map(EventStatus::state)
                                                .filter(
                                                        it ->
                                                                it.phase()
                                                                        != NatsTrigger.Phase
                                                                                .RUNNING)
                                                .map(NatsTrigger.State::reason)),
                pause.map(
                        it ->
                                new Views.Pause(
                                        it.at(),
                                        it.by(),
                                        it.reason(),
                                        sharedPauses.isShared(function.name().value(), name))),
                spec instanceof TriggerSpec.Schedule schedule && !paused
                        ? ticks(function, name, schedule, next)
                        : List.of(),
                status.map(TriggersPart::events));
    }

    private static String state(EventStatus status) {
        return switch (status.state().phase()) {
            case RUNNING -> "active";
            case STANDBY -> "standby";
            case PAUSED -> "paused";
            case FAILED -> "failed";
            case WAITING, STOPPED -> "waiting";
        };
    }

    private static Views.TriggerEvents events(EventStatus status) {
        return new Views.TriggerEvents(
                status.counts().handled(),
                status.counts().redeliveries(),
                status.counts().refusals(),
                status.counts().passedOver(),
                status.counts().deadLetters(),
                status.inFlight(),
                backlog(status, NatsTrigger.Backlog::lag),
                backlog(status, NatsTrigger.Backlog::pending),
                backlog(status, NatsTrigger.Backlog::redelivered),
                status.deadLetters());
    }

    private static OptionalLong backlog(
            EventStatus status, ToLongFunction<NatsTrigger.Backlog> value) {
        return status.backlog()
                .map(it -> OptionalLong.of(value.applyAsLong(it)))
                .orElse(OptionalLong.empty());
    }

    private static String summary(TriggerSpec spec) {
        return switch (spec) {
            case TriggerSpec.Http http -> http.path();
            case TriggerSpec.Nats nats -> nats.stream() + " " + nats.subject();
            case TriggerSpec.Rpc rpc -> rpc.subject();
            case TriggerSpec.Schedule schedule -> schedule.cron() + " " + schedule.zone().getId();
        };
    }

    private List<Instant> ticks(
            DeployedFunction function, String name, TriggerSpec.Schedule spec, int count) {
        Schedule schedule = FunctionSchedules.schedule(function.name().value(), name, spec);
        List<Instant> ticks = new ArrayList<>();
        Optional<Instant> tick = schedule.next(clock.instant());
        while (ticks.size() < count && tick.isPresent()) {
            ticks.add(tick.get());
            tick = schedule.next(tick.get());
        }
        return ticks;
    }
}
