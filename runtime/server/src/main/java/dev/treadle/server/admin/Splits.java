package dev.treadle.server.admin;

import dev.treadle.registry.Split;
import dev.treadle.trigger.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What aliases point at, as the admin API's documents have it. */
final class Splits {
    private Splits() {}

    static Map<String, Map<String, Integer>> aliases(Map<String, Split> splits) {
        Map<String, Map<String, Integer>> aliases = new LinkedHashMap<>();
        splits.forEach((name, split) -> aliases.put(name, weights(split)));
        return aliases;
    }

    static Map<String, Integer> weights(Split split) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        split.weights().forEach((number, weight) -> weights.put(number.toString(), weight));
        return weights;
    }

    /** The aliases that point at a release. */
    static List<String> namesOf(Map<String, Split> splits, int release) {
        return splits.entrySet().stream()
                .filter(alias -> alias.getValue().weights().containsKey(release))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads what {@link #weights} writes. */
    static Split read(Map<String, Integer> weights) {
        SortedMap<Integer, Integer> numbers = new TreeMap<>();
        weights.forEach(
                (number, weight) ->
                        numbers.put(
                                Params.number("weights", number, 1, Integer.MAX_VALUE), weight));
        try {
            return new Split(numbers);
        } catch (IllegalArgumentException e) {
            throw new ApiException(
                    ErrorCode.BAD_REQUEST, 422, String.valueOf(e.getMessage()), List.of());
        }
    }
}
