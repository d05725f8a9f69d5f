package dev.treadle.bindings;

import java.util.function.Supplier;

/** A run whose writes are told instead of done. Safe for threads. */
public interface DryRun {
    /**
     * Takes what would have been written.
     *
     * @param binding its name in the manifest
     * @param change for people: {@code put a, 12 bytes}
     */
    void told(String binding, String change);

    /**
     * What the run has written so far to a store, as only it sees it.
     *
     * @param store the kind and name of the store
     * @param type what keeps it
     * @param made makes an empty one
     */
    <T> T seen(String store, Class<T> type, Supplier<T> made);
}
