package dev.treadle.server.events;

import dev.treadle.engine.Engine;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Release;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.nats.AsyncTrigger;
import dev.treadle.trigger.nats.Ledger;
import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.NatsTrigger;
import dev.treadle.trigger.nats.NatsTriggerConfig;
import dev.treadle.trigger.nats.RpcTrigger;
import dev.treadle.trigger.nats.RpcTriggerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes NATS triggers of what functions declare, and ends them. */
record Serving(
        Engine engine,
        AsyncTrigger async,
        NatsSession session,
        Ledger ledger,
        InstantSource clock) {
    private static final System.Logger LOG = System.getLogger(FunctionEvents.class.getName());
    private static final Duration REPLACED_PATIENCE = Duration.ofMinutes(5);

    /**
     * A function's triggers by their names: those of before whose settings are the same, and new
     * ones, which are not started.
     */
    Map<String, Served> triggers(DeployedFunction function, Map<String, Served> before) {
        Map<String, Served> triggers = new LinkedHashMap<>();
        FunctionTriggers.newestLive(function)
                .ifPresent(
                        release -> {
                            Target target =
                                    new Target(
                                            function.name().value(), reference(function, release));
                            release.manifest()
                                    .namedTriggers()
                                    .forEach(
                                            (name, spec) ->
                                                    served(target, name, spec, before)
                                                            .ifPresent(
                                                                    it -> triggers.put(name, it)));
                        });
        return triggers;
    }

    /** Where {@code live} is split, a release without this trigger would not know its events. */
    private static String reference(DeployedFunction function, Release newest) {
        boolean all =
                function.live().orElseThrow().weights().keySet().stream()
                        .map(number -> function.releases().get(number))
                        .allMatch(
                                release ->
                                        release != null
                                                && release.manifest()
                                                        .triggers()
                                                        .equals(newest.manifest().triggers()));
        return all ? DeployedFunction.LIVE : newest.label();
    }

    private Optional<Served> served(
            Target target, String name, TriggerSpec spec, Map<String, Served> before) {
        Optional<Served> known = Optional.ofNullable(before.get(name));
        return switch (spec) {
            case TriggerSpec.Nats nats ->
                    Optional.of(
                            stream(
                                    TriggerSettings.nats(target, name, nats),
                                    nats.deadLetter().maxAge(),
                                    known));
            case TriggerSpec.Rpc rpc ->
                    Optional.of(requests(TriggerSettings.rpc(target, name, rpc), known));
            case TriggerSpec.Http _, TriggerSpec.Schedule _ -> Optional.empty();
        };
    }

    private Served stream(NatsTriggerConfig config, Duration kept, Optional<Served> before) {
        if (before.isPresent()
                && before.get() instanceof Served.Stream known
                && known.config().equals(config)) {
            return new Served.Stream(config, kept, known.trigger());
        }
        NatsTrigger trigger =
                new NatsTrigger(
                        config,
                        async.courier(),
                        session,
                        ledger,
                        engine,
                        engine,
                        new SharedRandom(),
                        clock);
        return new Served.Stream(config, kept, trigger);
    }

    private Served requests(RpcTriggerConfig config, Optional<Served> before) {
        if (before.isPresent()
                && before.get() instanceof Served.Requests known
                && known.config().equals(config)) {
            return known;
        }
        return new Served.Requests(config, new RpcTrigger(config, session, engine, clock));
    }

    /** Lets what runs end, without keeping the deploy waiting. */
    static void retire(Served old, boolean functionIsGone) {
        Thread.ofVirtual()
                .name("retire-trigger")
                .start(
                        () -> {
                            var _ = old.trigger().drain(REPLACED_PATIENCE);
                            old.trigger().close();
                            if (functionIsGone && old instanceof Served.Stream stream) {
                                forget(stream.trigger());
                            }
                        });
    }

    private static void forget(NatsTrigger trigger) {
        try {
            trigger.forgetConsumer();
        } catch (Exception e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the consumer {0} of a function that is gone stays: {1}",
                    trigger.config().durable(),
                    e.getMessage());
        }
    }
}
