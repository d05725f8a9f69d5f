package dev.treadle.server.admin;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.server.events.TriggerSettings;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Releases;
import dev.treadle.trigger.nats.EventFilter;
import dev.treadle.trigger.nats.NatsTriggerConfig;
import dev.treadle.trigger.nats.Replay;
import dev.treadle.trigger.nats.Selection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Makes plans of what is asked for, or says what is wrong with it. */
record ReplayPlans(Releases releases) {
    private static final int RATE_MAX = 10_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    Replay.Plan plan(DeployedFunction function, ReplayViews.Replay wanted) {
        NatsTriggerConfig trigger = trigger(function, wanted.trigger());
        int rate = wanted.rate().orElse(0);
        if (rate < 0 || rate > RATE_MAX) {
            throw bad("rate: expected a number from 0 to %d, found %d".formatted(RATE_MAX, rate));
        }
        if (wanted.id().isPresent() && !ID.matcher(wanted.id().get()).matches()) {
            throw bad(
                    "id: expected 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', found '%s'"
                            .formatted(wanted.id().get()));
        }
        return new Replay.Plan(
                trigger,
                selection(wanted),
                mode(function.name().value(), wanted),
                rate,
                wanted.id());
    }

    private static NatsTriggerConfig trigger(DeployedFunction function, Optional<String> wanted) {
        Map<String, TriggerSpec.Nats> streams = new LinkedHashMap<>();
        FunctionTriggers.live(function)
                .forEach(
                        (name, spec) -> {
                            if (spec instanceof TriggerSpec.Nats nats) {
                                streams.put(name, nats);
                            }
                        });
        String name = wanted.orElseGet(() -> String.join(", ", streams.keySet()));
        TriggerSpec.Nats spec = streams.get(name);
        if (spec == null) {
            throw new ApiException(
                    ErrorCode.NO_EVENT_TRIGGER, notOne(function, wanted, streams.keySet()));
        }
        return TriggerSettings.nats(Target.live(function.name().value()), name, spec);
    }

    private static String notOne(
            DeployedFunction function, Optional<String> wanted, Iterable<String> names) {
        String all = String.join(", ", names);
        if (all.isEmpty()) {
            return "%s has no live nats trigger whose stream could be read again"
                    .formatted(function.name());
        }
        return wanted.map(
                        name ->
                                "%s has no nats trigger '%s'; it has %s"
                                        .formatted(function.name(), name, all))
                .orElseGet(
                        () ->
                                "%s has several nats triggers; say which: %s"
                                        .formatted(function.name(), all));
    }

    private static Selection selection(ReplayViews.Replay wanted) {
        if (wanted.from().isEmpty() && wanted.fromSequence().isEmpty()) {
            throw bad("the body needs 'from', a time, or 'fromSequence', a number of the stream");
        }
        atLeastOne("fromSequence", wanted.fromSequence());
        atLeastOne("toSequence", wanted.toSequence());
        atLeastOne("limit", wanted.limit());
        if (wanted.fromSequence().orElse(0) > wanted.toSequence().orElse(Long.MAX_VALUE)) {
            throw bad(
                    "toSequence %d comes before fromSequence %d"
                            .formatted(
                                    wanted.toSequence().orElse(0),
                                    wanted.fromSequence().orElse(0)));
        }
        if (wanted.from().isPresent()
                && wanted.to().isPresent()
                && !wanted.from().get().isBefore(wanted.to().get())) {
            throw bad(
                    "to, %s, is not after from, %s"
                            .formatted(wanted.to().get(), wanted.from().get()));
        }
        return new Selection(
                wanted.fromSequence(),
                wanted.toSequence(),
                wanted.from(),
                wanted.to(),
                wanted.filter().map(ReplayPlans::filter),
                wanted.limit().orElse(Long.MAX_VALUE));
    }

    private static void atLeastOne(String name, OptionalLong value) {
        if (value.orElse(1) < 1) {
            throw bad("%s: expected at least 1, found %d".formatted(name, value.orElse(1)));
        }
    }

    private static EventFilter filter(String text) {
        try {
            return EventFilter.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad("filter: " + e.getMessage());
        }
    }

    private Replay.Mode mode(String function, ReplayViews.Replay wanted) {
        if (wanted.compare().isPresent()) {
            if (wanted.target().isPresent()) {
                throw bad(
                        "the body has both 'target' and 'compare', which names two targets itself");
            }
            ReplayViews.Compare compare = wanted.compare().get();
            return new Replay.Mode.Compare(
                    target(function, compare.before()), target(function, compare.after()));
        }
        Target target = target(function, wanted.target().orElse(DeployedFunction.LIVE));
        return wanted.dryRun().orElse(false)
                ? new Replay.Mode.Dry(target)
                : new Replay.Mode.Real(target);
    }

    private Target target(String function, String reference) {
        Target target = new Target(function, reference);
        if (releases.choose(target, 0).isEmpty()) {
            throw new ApiException(
                    ErrorCode.NO_FUNCTION,
                    "%s has no alias or release '%s'".formatted(function, reference));
        }
        return target;
    }

    private static ApiException bad(String message) {
        return new ApiException(ErrorCode.BAD_REQUEST, message);
    }
}
