package dev.treadle.server.events;

import dev.treadle.engine.Engine;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Registry;
import dev.treadle.server.Drains;
import dev.treadle.server.FunctionTriggers;
import dev.treadle.server.dependencies.Dependencies;
import dev.treadle.server.pauses.Pause;
import dev.treadle.server.pauses.TriggerPauses;
import dev.treadle.trigger.Trigger;
import dev.treadle.trigger.nats.AsyncTrigger;
import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.FunctionService;
import dev.treadle.trigger.nats.Ledger;
import dev.treadle.trigger.nats.NatsSession;
import dev.treadle.trigger.nats.NatsTrigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs the NATS triggers of all functions: those that the newest live release declares. A trigger
 * whose settings have not changed goes on through a deploy. Safe for threads.
 */
public final class FunctionEvents implements AutoCloseable {
    private final Registry registry;
    private final AsyncTrigger async;
    private final Serving serving;
    private final Optional<FunctionService> functions;
    private final TriggerPauses pauses;
    private final Dependencies dependencies;
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
        this.async = async;
        this.serving = new Serving(engine, async, session, ledger, clock);
        this.functions = functions;
        this.pauses = pauses;
        this.dependencies = dependencies;
        this.backlogs = new Backlogs(this::streamTriggers, ledger.deadLetters());
        this.sweeper = new DeadLetterSweeper(ledger.deadLetters(), clock, this::keptFor);
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
                function.map(each -> serving.triggers(each, before)).orElse(Map.of());
        served.put(name.value(), after);
        adjust(name.value()); // those that go on may depend on something else now
        without(after, before).forEach(each -> each.trigger().start());
        boolean isLive = function.flatMap(DeployedFunction::live).isPresent();
        functions.ifPresent(service -> service.serve(name.value(), isLive));
        function.ifPresent(each -> lookForMoves(each, after.values()));
        without(before, after).forEach(old -> Serving.retire(old, function.isEmpty()));
        if (function.isEmpty()) {
            served.remove(name.value());
            before.values().forEach(this::forgetMoves);
        }
    }

    private static List<Served> without(Map<String, Served> all, Map<String, Served> others) {
        return all.values().stream()
                .filter(
                        each ->
                                others.values().stream()
                                        .noneMatch(other -> other.trigger() == each.trigger()))
                .toList();
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
                            each.rest(obstacle(function, name, stream));
                        });
    }

    /**
     * Why a trigger is to rest; empty when it is not. A caller of {@code rpc} waits for an answer
     * and is better told of what fails; an event can wait until it may succeed.
     */
    private Optional<String> obstacle(String function, String trigger, boolean stream) {
        return Optional.ofNullable(pauses.of(function).get(trigger))
                .map(Pause::toString)
                .or(() -> stream ? dependencies.obstacle(function) : Optional.empty());
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
