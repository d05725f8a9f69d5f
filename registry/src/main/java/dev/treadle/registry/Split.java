package dev.treadle.registry;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an alias points at: one release, or several with weights in percent.
 *
 * @param weights release number to weight; each 1 to 100, 100 in all
 */
public record Split(SortedMap<Integer, Integer> weights) {
    public Split {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        int sum = 0;
        for (int weight : weights.values()) {
            if (weight < 1) {
                throw new IllegalArgumentException("a weight is 1 to 100: " + weight);
            }
            sum += weight;
        }
        if (sum != 100) {
            throw new IllegalArgumentException("the weights add up to " + sum + ", not to 100");
        }
    }

    /** All to one release. */
    public static Split all(int release) {
        return new Split(new TreeMap<>(Map.of(release, 100)));
    }

    /** The newest release that takes part. */
    public int newest() {
        return weights.lastKey();
    }

    /** The release for this key, always the same; of many keys each gets its share. */
    public int pick(String key) {
        int mixed = key.hashCode() * 0x9E3779B9;
        int place = Math.floorMod(mixed ^ (mixed >>> 15), 100);
        for (Map.Entry<Integer, Integer> weight : weights.entrySet()) {
            place -= weight.getValue();
            if (place < 0) {
                return weight.getKey();
            }
        }
        return newest();
    }

    /** {@code v7} or {@code v7=90,v8=10}. */
    @Override
    public String toString() {
        return weights.size() == 1
                ? "v" + weights.firstKey()
                : weights.entrySet().stream()
                        .map(e -> "v" + e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(","));
    }
}
