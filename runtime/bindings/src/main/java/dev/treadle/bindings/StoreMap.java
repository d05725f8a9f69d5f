package dev.treadle.bindings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is behind the stores of one kind.
 *
 * @param usual for stores that are not named
 * @param named by the store's logical name
 */
public record StoreMap<P>(P usual, Map<String, P> named) {
    public StoreMap {
        named = Map.copyOf(named);
    }

    /** What is behind this store. */
    public P of(String store) {
        return named.getOrDefault(store, usual);
    }

    /** The usual one and all others. */
    public List<P> all() {
        List<P> all = new ArrayList<>(named.values());
        all.addFirst(usual);
        return all;
    }

    /** The same with something else in each place. */
    public <Q> StoreMap<Q> map(Function<P, Q> other) {
        Map<String, Q> others = new HashMap<>();
        named.forEach((name, each) -> others.put(name, other.apply(each)));
        return new StoreMap<>(other.apply(usual), others);
    }
}
