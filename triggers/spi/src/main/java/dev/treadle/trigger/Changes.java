package dev.treadle.trigger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a dry run would have changed in stores, and what it sees of that. Safe for threads. */
public final class Changes {
    /** Guarded by this. */
    private final List<Change> told = new ArrayList<>();

    /** Guarded by this. */
    private final Map<String, Object> seen = new HashMap<>();

    /**
     * One change.
     *
     * @param function whose binding it is
     * @param binding its name in the manifest
     * @param change for people: {@code put a, 12 bytes}
     */
    public record Change(String function, String binding, String change) {}

    /** Adds what would have been changed. */
    public synchronized void add(Change change) {
        told.add(change);
    }

    /** All so far, in order. */
    public synchronized List<Change> all() {
        return List.copyOf(told);
    }

    /**
     * What the run has changed so far in a store, as only it sees it: the functions that it calls
     * see it, too.
     *
     * @param store the kind and name of the store
     * @param type what keeps it
     * @param made makes an empty one
     */
    public synchronized <T> T seen(String store, Class<T> type, Supplier<T> made) {
        return type.cast(seen.computeIfAbsent(store, _ -> made.get()));
    }
}
