package dev.treadle.server.events;

import dev.treadle.engine.Engine;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Registry;
import dev.treadle.registry.Release;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.server.Drains;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.pauses.Pause;
import dev.treadle.server.pauses.TriggerPauses;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Trigger;
import dev.treadle.trigger.nats.AsyncTrigger;
import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.FunctionService;
import dev.treadle.trigger.nats.Ledger;
import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.NatsTrigger;
import dev.treadle.trigger.nats.NatsTriggerConfig;
import dev.treadle.trigger.nats.RpcTrigger;
import dev.treadle.trigger.nats.RpcTriggerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs the NATS triggers of all functions: those that the newest live release declares. A trigger
 * whose settings have not changed goes on through a deploy. Safe for threads.
 */
public final class FunctionEvents implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FunctionEvents.class.getName());
    private static final Duration REPLACED_PATIENCE = Duration.ofMinutes(5);

    private final Registry registry;
    private final Engine engine;
    private final AsyncTrigger async;
    private final NatsSession session;
    private final Ledger ledger;
    private final Optional<FunctionService> functions;
    private final TriggerPauses pauses;
    private final Dependencies dependencies;
    private final InstantSource clock;
    private final AliasMoves moves = new AliasMoves();
    private final DeadLetterSweeper sweeper;
    private final Backlogs backlogs;

    /** By function and then by trigger; guarded by this. */
    private final Map<String, Map<String, Served>> served = new HashMap<>();

    private boolean started;
    private boolean draining;

    public FunctionEvents(
            Registry registry,
            Engine engine,
            AsyncTrigger async,
            NatsSession session,
            Ledger ledger,
            Optional<FunctionService> functions,
            TriggerPauses pauses,
            Dependencies dependencies,
            InstantSource clock) {
        this.registry = registry;
        this.engine = engine;
        this.async = async;
        this.session = session;
        this.ledger = ledger;
        this.functions = functions;
        this.pauses = pauses;
        this.dependencies = dependencies;
        this.clock = clock;
        this.backlogs = new Backlogs(this::streamTriggers, ledger.deadLetters());
        this.sweeper = new DeadLetterSweeper(ledger.deadLetters(), clock, this::keptFor);
    }

    /** A trigger that runs, with the settings that it was made from. */
    private sealed interface Served {
        Trigger trigger();

        record Stream(NatsTriggerConfig config, Duration kept, NatsTrigger trigger)
                implements Served {}

        record Requests(RpcTriggerConfig config, RpcTrigger trigger) implements Served {}
    }

    /** Takes over all that is deployed, and follows every change from then on. */
    public synchronized Registry.Watch start() {
        started = true;
        pauses.watch(key -> adjust(key.function()));
        dependencies.watch(this::adjust);
        sweeper.start();
        functions.ifPresent(FunctionService::start);
        backlogs.start();
        Registry.Watch watch = registry.watch(this::refresh);
        registry.catalog().functions().forEach(function -> refresh(function.name()));
        return watch;
    }

    private synchronized void refresh(FunctionName name) {
        if (!started || draining) {
            return;
        }
        Optional<DeployedFunction> function = registry.catalog().function(name);
        dependencies.set(
                name.value(),
                function.flatMap(FunctionTriggers::manifest)
                        .map(Manifest::requires)
                        .orElse(List.of()));
        Map<String, Served> before = served.getOrDefault(name.value(), Map.of());
        Map<String, Served> after =
                function.map(each -> triggers(each, before)).orElseGet(LinkedHashMap::new);
        served.put(name.value(), after);
        boolean isLive = function.flatMap(DeployedFunction::live).isPresent();
        functions.ifPresent(service -> service.serve(name.value(), isLive));
        function.ifPresent(each -> lookForMoves(each, after.values()));
        for (Served old : before.values()) {
            if (after.values().stream().noneMatch(each -> each.trigger() == old.trigger())) {
                retire(old, function.isEmpty());
            }
        }
        if (function.isEmpty()) {
            served.remove(name.value());
            before.values().forEach(this::forgetMoves);
        }
        adjust(name.value()); // triggers that go on may depend on something else now
    }

    private void lookForMoves(DeployedFunction function, Collection<Served> triggers) {
        for (Served each : triggers) {
            if (each instanceof Served.Stream stream) {
                moves.look(function, stream.trigger());
            }
        }
    }

    private void forgetMoves(Served gone) {
        if (gone instanceof Served.Stream stream) {
            moves.forget(stream.config());
        }
    }

    private Map<DeadLetterStore.Owner, Duration> keptFor() {
        Map<DeadLetterStore.Owner, Duration> kept = new HashMap<>();
        streams().forEach(stream -> kept.put(EventStatus.owner(stream.trigger()), stream.kept()));
        return kept;
    }

    private Map<String, Served> triggers(DeployedFunction function, Map<String, Served> before) {
        Map<String, Served> triggers = new LinkedHashMap<>();
        if (function.live().isEmpty()) {
            return triggers;
        }
        Release newest =
                Objects.requireNonNull(function.releases().get(function.live().get().newest()));
        newest.manifest()
                .namedTriggers()
                .forEach(
                        (name, spec) -> {
                            Target target =
                                    new Target(
                                            function.name().value(), reference(function, newest));
                            Optional<String> paused =
                                    rest(target.function(), name, spec instanceof TriggerSpec.Nats);
                            serve(target, name, spec, paused, Optional.ofNullable(before.get(name)))
                                    .ifPresent(trigger -> triggers.put(name, trigger));
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

    private Optional<Served> serve(
            Target target,
            String name,
            TriggerSpec spec,
            Optional<String> paused,
            Optional<Served> before) {
        return switch (spec) {
            case TriggerSpec.Nats nats ->
                    Optional.of(
                            stream(
                                    TriggerSettings.nats(target, name, nats),
                                    nats.deadLetter().maxAge(),
                                    paused,
                                    before));
            case TriggerSpec.Rpc rpc ->
                    Optional.of(requests(TriggerSettings.rpc(target, name, rpc), paused, before));
            case TriggerSpec.Http _, TriggerSpec.Schedule _ -> Optional.empty();
        };
    }

    private Served stream(
            NatsTriggerConfig config,
            Duration kept,
            Optional<String> paused,
            Optional<Served> before) {
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
        paused.ifPresent(trigger::pause);
        trigger.start();
        return new Served.Stream(config, kept, trigger);
    }

    private Served requests(
            RpcTriggerConfig config, Optional<String> paused, Optional<Served> before) {
        if (before.isPresent()
                && before.get() instanceof Served.Requests known
                && known.config().equals(config)) {
            return known;
        }
        RpcTrigger trigger = new RpcTrigger(config, session, engine, clock);
        trigger.pause(paused.isPresent());
        trigger.start();
        return new Served.Requests(config, trigger);
    }

    /** Lets what runs end, without keeping the deploy waiting. */
    private void retire(Served old, boolean functionIsGone) {
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

    /** The subject on which a live function answers requests; empty when it does not. */
    public Optional<String> subject(DeployedFunction function) {
        return functions
                .filter(_ -> function.live().isPresent())
                .map(_ -> FunctionService.PREFIX + function.name());
    }

    /**
     * How all JetStream triggers fare, and what runs asynchronous calls; what the server knows may
     * be ten seconds old.
     */
    public List<EventStatus> statuses() {
        return streamTriggers().stream()
                .map(
                        trigger ->
                                EventStatus.of(
                                        trigger, backlogs.of(trigger), backlogs.deadLetters()))
                .toList();
    }

    /**
     * How many dead letters there were up to ten seconds ago, by trigger, also of functions that
     * are gone; empty when they could not be counted.
     */
    public Optional<Map<DeadLetterStore.Owner, Long>> deadLetters() {
        return backlogs.deadLetters();
    }

    /** How a function's JetStream triggers fare, by their names; asks the server. */
    public Map<String, EventStatus> statuses(String function) {
        Map<String, EventStatus> statuses = new LinkedHashMap<>();
        Optional<Map<DeadLetterStore.Owner, Long>> letters = backlogs.count();
        for (Served.Stream stream : streams()) {
            if (stream.config().target().function().equals(function)) {
                statuses.put(
                        stream.config().name(),
                        EventStatus.of(stream.trigger(), stream.trigger().backlog(), letters));
            }
        }
        return statuses;
    }

    private Collection<NatsTrigger> streamTriggers() {
        List<NatsTrigger> all = new ArrayList<>(async.triggers());
        streams().forEach(stream -> all.add(stream.trigger()));
        return all;
    }

    private synchronized List<Served.Stream> streams() {
        List<Served.Stream> all = new ArrayList<>();
        for (Map<String, Served> triggers : served.values()) {
            for (Served each : triggers.values()) {
                if (each instanceof Served.Stream stream) {
                    all.add(stream);
                }
            }
        }
        return all;
    }

    /** Has triggers rest and others go on. */
    private synchronized void adjust(String function) {
        served.getOrDefault(function, Map.of())
                .forEach(
                        (name, each) -> {
                            boolean stream = each instanceof Served.Stream;
                            pause(each, rest(function, name, stream));
                        });
    }

    /**
     * Why a trigger is to rest; empty when it is not. A caller of {@code rpc} waits for an answer
     * and is better told of what fails; an event can wait until it may succeed.
     */
    private Optional<String> rest(String function, String trigger, boolean stream) {
        return Optional.ofNullable(pauses.of(function).get(trigger))
                .map(Pause::toString)
                .or(() -> stream ? dependencies.obstacle(function) : Optional.empty());
    }

    private static void pause(Served served, Optional<String> paused) {
        switch (served) {
            case Served.Stream(_, _, NatsTrigger trigger) ->
                    paused.ifPresentOrElse(trigger::pause, trigger::resume);
            case Served.Requests(_, RpcTrigger trigger) -> trigger.pause(paused.isPresent());
        }
    }

    /**
     * Takes no more events in and waits for those that run.
     *
     * @return whether all had ended by then
     */
    public boolean drain(Duration patience) {
        List<Trigger> all = new ArrayList<>();
        synchronized (this) {
            draining = true;
            functions.filter(_ -> started).ifPresent(all::add);
            served.values()
                    .forEach(triggers -> triggers.values().forEach(t -> all.add(t.trigger())));
        }
        return Drains.all(patience, all.stream().map(FunctionEvents::draining).toList());
    }

    private static Predicate<Duration> draining(Trigger trigger) {
        return trigger::drain;
    }

    @Override
    public synchronized void close() {
        draining = true;
        sweeper.close();
        backlogs.close();
        functions.ifPresent(FunctionService::close);
        served.values().forEach(triggers -> triggers.values().forEach(t -> t.trigger().close()));
        served.clear();
    }
}
