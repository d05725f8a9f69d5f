package dev.treadle.engine;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Release;
import dev.treadle.trigger.Dispatcher;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.Publisher;
import dev.treadle.trigger.Releases;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions. A call goes straight down on its own thread: find the function, pick a release by
 * the alias, load it if need be, pass its gate, call the handler under a deadline, write down what
 * became of it. Safe for threads.
 */
public final class Engine implements Dispatcher, Releases, AutoCloseable {
    /** Each try but the last met a release that was just being replaced. */
    private static final int TRIES_MAX = 100;

    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

    private final ConcurrentMap<String, FunctionEntry> functions = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ReleaseSlot> prepared = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Deadlines deadlines = new Deadlines();
    private final LogStore logs;
    private final RecordStore records;
    private final Loading loading;
    private final InvocationIds ids;
    private volatile boolean draining;

    public Engine(
            EngineConfig config,
            ArtifactStore artifacts,
            Secrets secrets,
            Publisher publisher,
            InstantSource clock) {
        this.clock = clock;
        this.logs = new LogStore(config.logLinesMax(), config.logBytesMax());
        this.records = new RecordStore(config.recordsMax());
        this.loading = new Loading(config, artifacts, deadlines, secrets, publisher, logs, clock);
        this.ids = new InvocationIds(clock, new SecureRandom());
    }

    @Override
    public String newInvocationId() {
        return ids.next();
    }

    @Override
    public Outcome dispatch(InvocationRequest request) {
        if (draining) {
            return new Outcome.Refused(
                    ErrorCode.NODE_DRAINING, "This node is stopping", BUSY_PAUSE);
        }
        for (int i = 0; i < TRIES_MAX; i++) {
            InvocationRequest.Target target = request.target();
            FunctionEntry entry = functions.get(target.function());
            ReleaseSlot slot =
                    entry == null ? null : entry.pick(target.reference(), request.release());
            if (slot == null) {
                return unknown(target, entry);
            }
            Outcome outcome = tryRelease(request, slot);
            if (outcome != null) {
                return outcome;
            }
        }
        return new Outcome.Refused(
                ErrorCode.FUNCTION_BUSY,
                "The function is being deployed over and over",
                BUSY_PAUSE);
    }

    @Override
    public OptionalInt choose(InvocationRequest.Target target, long chance) {
        FunctionEntry entry = functions.get(target.function());
        ReleaseSlot slot = entry == null ? null : entry.choose(target.reference(), chance);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot.release().number());
    }

    /** Runs a release; null when it was replaced meanwhile and the alias must be asked again. */
    private @Nullable Outcome tryRelease(InvocationRequest request, ReleaseSlot slot) {
        long arrivedMillis = clock.millis();
        long arrivedNanos = System.nanoTime();
        FunctionInstance instance = slot.loaded();
        long loadNanos = 0;
        if (instance == null) {
            try {
                instance = slot.instance();
            } catch (LoadFailure e) {
                return new Ending(slot, records)
                        .loadFailed(request, e, arrivedMillis, arrivedNanos);
            }
            loadNanos = System.nanoTime() - arrivedNanos;
        }
        Running call = new Running(request, instance, arrivedMillis, arrivedNanos, loadNanos);
        return switch (instance.gate().enter(call.deadlineNanos())) {
            case IN -> new Run(call, slot, records).run();
            case FULL ->
                    new Ending(slot, records)
                            .refused(call, ErrorCode.FUNCTION_BUSY, busy(instance), BUSY_PAUSE);
            case LATE ->
                    new Ending(slot, records)
                            .refused(call, ErrorCode.QUEUE_TIMEOUT, late(instance), BUSY_PAUSE);
            case CLOSED -> null;
        };
    }

    private static String busy(FunctionInstance instance) {
        return "%s runs %d calls and %d wait, as many as limits.concurrency and limits.queue allow"
                .formatted(
                        instance.function(),
                        instance.limits().concurrency(),
                        instance.limits().queue());
    }

    private static String late(FunctionInstance instance) {
        return "The call waited for one of the %d places (limits.concurrency) of %s until limits.timeout, %d ms"
                .formatted(
                        instance.limits().concurrency(),
                        instance.function(),
                        instance.limits().timeout().toMillis());
    }

    private static Outcome unknown(InvocationRequest.Target target, @Nullable FunctionEntry entry) {
        String message =
                entry == null
                        ? "There is no function '%s'".formatted(target.function())
                        : "%s has no alias or release '%s'"
                                .formatted(target.function(), target.reference());
        return new Outcome.Failed(
                ErrorCode.NO_FUNCTION,
                ErrorCode.NO_FUNCTION.status(),
                message,
                true,
                Duration.ZERO);
    }

    /**
     * Loads and starts a release that is about to be deployed.
     *
     * @throws LoadFailure when it does not start; nothing of it stays then
     */
    public void prepare(Release release) throws LoadFailure {
        ReleaseSlot slot = new ReleaseSlot(release, loading);
        slot.instance();
        prepared.put(release.toString(), slot);
    }

    /** Drops a release that was prepared but not deployed after all. */
    public void discard(Release release) {
        ReleaseSlot slot = prepared.remove(release.toString());
        if (slot != null) {
            slot.empty();
        }
    }

    /** Takes over a function as it is deployed now; calls from here on follow it. */
    public void update(DeployedFunction function) {
        functions.compute(function.name().value(), (_, before) -> replace(before, function));
    }

    private FunctionEntry replace(@Nullable FunctionEntry before, DeployedFunction function) {
        Map<Integer, ReleaseSlot> slots = new HashMap<>();
        for (Release release : function.releases().values()) {
            slots.put(release.number(), slot(before, release));
        }
        FunctionEntry after = new FunctionEntry(function, slots);
        slots.forEach((number, slot) -> slot.referenced(after.references(number)));
        if (before != null) {
            before.slots()
                    .forEach(
                            (number, slot) -> {
                                if (slots.get(number) != slot) {
                                    slot.referenced(false);
                                }
                            });
        }
        return after;
    }

    private ReleaseSlot slot(@Nullable FunctionEntry before, Release release) {
        Optional<ReleaseSlot> known =
                before == null ? Optional.empty() : before.slot(release.number());
        if (known.isPresent() && known.get().release().equals(release)) {
            return known.get();
        }
        ReleaseSlot ready = prepared.remove(release.toString());
        return ready != null && ready.release().equals(release)
                ? ready
                : new ReleaseSlot(release, loading);
    }

    /** Forgets a function; calls that run end as they would have. */
    public void remove(FunctionName name) {
        FunctionEntry gone = functions.remove(name.value());
        if (gone != null) {
            gone.slots().values().forEach(slot -> slot.referenced(false));
            logs.remove(name.value());
            records.remove(name.value());
        }
    }

    /** How a release fares on this node; empty when it is not deployed. */
    public Optional<ReleaseState> state(FunctionName name, int release) {
        FunctionEntry entry = functions.get(name.value());
        return entry == null ? Optional.empty() : entry.slot(release).map(ReleaseState::of);
    }

    /** The instance of a release, if it is in memory. */
    Optional<FunctionInstance> loaded(FunctionName name, int release) {
        FunctionEntry entry = functions.get(name.value());
        return entry == null ? Optional.empty() : entry.slot(release).map(ReleaseSlot::loaded);
    }

    public LogStore logs() {
        return logs;
    }

    public RecordStore records() {
        return records;
    }

    /** Whether thread locals that functions leave on threads are taken off. */
    public static boolean isolatesThreadLocals() {
        return ThreadState.isolatesThreadLocals();
    }

    /** A release that has been called on this node, with its meters. */
    public record MeteredRelease(String function, int number, FunctionMeters meters) {}

    /** All releases that have been called, by function and number. */
    public List<MeteredRelease> metered() {
        return functions.values().stream()
                .flatMap(entry -> entry.slots().values().stream())
                .filter(slot -> slot.meters().isUsed())
                .map(
                        slot ->
                                new MeteredRelease(
                                        slot.release().function().value(),
                                        slot.release().number(),
                                        slot.meters()))
                .sorted(
                        Comparator.comparing(MeteredRelease::function)
                                .thenComparing(MeteredRelease::number))
                .toList();
    }

    /** How many releases are in memory. */
    public int loadedCount() {
        return (int)
                functions.values().stream()
                        .flatMap(entry -> entry.slots().values().stream())
                        .filter(slot -> slot.loaded() != null)
                        .count();
    }

    /** How many calls run now, on all functions. */
    public int inFlight() {
        return functions.values().stream()
                .flatMap(entry -> entry.slots().values().stream())
                .map(ReleaseSlot::loaded)
                .mapToInt(instance -> instance == null ? 0 : instance.gate().inside())
                .sum();
    }

    /**
     * Refuses new calls and waits for those that run.
     *
     * @return whether all had ended within the patience
     */
    public boolean drain(Duration patience) {
        draining = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (inFlight() > 0) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return true;
    }

    /** Closes all functions, and has closed them when this returns. */
    @Override
    public void close() {
        draining = true;
        functions.values().forEach(entry -> entry.slots().values().forEach(ReleaseSlot::empty));
        prepared.values().forEach(ReleaseSlot::empty);
        loading.close();
        deadlines.close();
    }
}
