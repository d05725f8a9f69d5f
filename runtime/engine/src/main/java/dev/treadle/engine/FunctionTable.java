package dev.treadle.engine;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Release;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is deployed on this node, and how it fares. Calls read it without a lock; changes come one
 * at a time. Safe for threads.
 */
public final class FunctionTable {
    private final ConcurrentMap<String, FunctionEntry> entries = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ReleaseSlot> prepared = new ConcurrentHashMap<>();
    private final Loading loading;
    private final LogStore logs;
    private final RecordStore records;

    FunctionTable(Loading loading, LogStore logs, RecordStore records) {
        this.loading = loading;
        this.logs = logs;
        this.records = records;
    }

    /** A release that has been called on this node, with its meters. */
    public record MeteredRelease(String function, int number, FunctionMeters meters) {}

    @Nullable FunctionEntry find(String function) {
        return entries.get(function);
    }

    /**
     * Loads and starts a release that is about to be deployed.
     *
     * @throws LoadFailure when it does not start; nothing of it stays then
     */
    public void prepare(Release release) throws LoadFailure {
        ReleaseSlot slot = new ReleaseSlot(release, loading, records);
        slot.instance();
        ReleaseSlot former = prepared.put(release.toString(), slot);
        if (former != null) {
            former.empty();
        }
    }

    /** Drops a release that was prepared but not deployed after all. */
    public void discard(Release release) {
        ReleaseSlot slot = prepared.get(release.toString());
        if (slot != null
                && slot.release().equals(release)
                && prepared.remove(release.toString(), slot)) {
            slot.empty();
        }
    }

    /**
     * Takes over a function as it is deployed now; calls from here on follow it. What no alias
     * points at any more is let go only then: a call that still saw the former entry would load it
     * anew.
     */
    public synchronized void update(DeployedFunction function) {
        FunctionEntry before = entries.get(function.name().value());
        Map<Integer, ReleaseSlot> slots = new HashMap<>();
        for (Release release : function.releases().values()) {
            slots.put(release.number(), slot(before, release));
        }
        FunctionEntry after = new FunctionEntry(function, slots);
        slots.forEach(
                (number, slot) -> {
                    if (after.references(number)) {
                        slot.referenced(true);
                    }
                });
        entries.put(function.name().value(), after);
        slots.forEach((number, slot) -> slot.referenced(after.references(number)));
        if (before != null) {
            before.slots().values().stream()
                    .filter(slot -> slots.get(slot.release().number()) != slot)
                    .forEach(slot -> slot.referenced(false));
        }
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
                : new ReleaseSlot(release, loading, records);
    }

    /** Forgets a function; calls that run end as they would have. */
    public synchronized void remove(FunctionName name) {
        FunctionEntry gone = entries.remove(name.value());
        if (gone != null) {
            gone.slots().values().forEach(slot -> slot.referenced(false));
            logs.remove(name.value());
            records.remove(name.value());
        }
    }

    /** Lets everything go. */
    void empty() {
        slots().forEach(ReleaseSlot::empty);
        prepared.values().forEach(ReleaseSlot::empty);
    }

    /** How a release fares on this node; empty when it is not deployed. */
    public Optional<ReleaseState> state(FunctionName name, int release) {
        return slot(name, release).map(ReleaseState::of);
    }

    /** The instance of a release, if it is in memory. */
    Optional<FunctionInstance> loaded(FunctionName name, int release) {
        return slot(name, release).map(ReleaseSlot::loaded);
    }

    /** All releases that have been called, by function and number. */
    public List<MeteredRelease> metered() {
        return slots().filter(slot -> slot.meters().isUsed())
                .map(FunctionTable::metered)
                .sorted(
                        Comparator.comparing(MeteredRelease::function)
                                .thenComparing(MeteredRelease::number))
                .toList();
    }

    /** How many releases are in memory. */
    public int loadedCount() {
        return (int) slots().filter(slot -> slot.loaded() != null).count();
    }

    /** How many calls run now, on all functions. */
    public int inFlight() {
        return slots().map(ReleaseSlot::loaded)
                .mapToInt(instance -> instance == null ? 0 : instance.gate().inside())
                .sum();
    }

    private Stream<ReleaseSlot> slots() {
        return entries.values().stream().flatMap(entry -> entry.slots().values().stream());
    }

    private Optional<ReleaseSlot> slot(FunctionName name, int release) {
        FunctionEntry entry = entries.get(name.value());
        return entry == null ? Optional.empty() : entry.slot(release);
    }

    private static MeteredRelease metered(ReleaseSlot slot) {
        Release release = slot.release();
        return new MeteredRelease(release.function().value(), release.number(), slot.meters());
    }
}
