package dev.treadle.bindings.vectors;

import dev.treadle.VectorMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a query finds in two ways, the best first.
 *
 * @param nearest by the vector
 * @param byText by the words, with scores of the store's own; empty when the query has no words
 */
public record Found(List<VectorMatch> nearest, Optional<List<VectorMatch>> byText) {
    private static final Comparator<VectorMatch> BEST =
            Comparator.comparingDouble(VectorMatch::score)
                    .reversed()
                    .thenComparing(VectorMatch::id);

    /** So much the first places of an order are leveled when two orders are joined. */
    private static final double LEVEL = 60;

    public Found {
        nearest = nearest.stream().sorted(BEST).toList();
        byText = byText.map(matches -> matches.stream().sorted(BEST).toList());
    }

    /** One order, the best first. */
    List<VectorMatch> joined(int limit) {
        if (byText.isEmpty()) {
            return nearest.stream().limit(limit).toList();
        }
        Map<String, VectorMatch> joined = new LinkedHashMap<>();
        count(nearest, limit, joined);
        count(byText.get(), limit, joined);
        return joined.values().stream().sorted(BEST).limit(limit).toList();
    }

    private static void count(List<VectorMatch> order, int limit, Map<String, VectorMatch> joined) {
        for (int place = 0; place < Math.min(limit, order.size()); place++) {
            VectorMatch one = new VectorMatch(1 / (LEVEL + place + 1), order.get(place).point());
            joined.merge(one.id(), one, Found::sum);
        }
    }

    private static VectorMatch sum(VectorMatch first, VectorMatch second) {
        return new VectorMatch(first.score() + second.score(), first.point());
    }

    /** What is found in two places. */
    Found and(Found other) {
        return new Found(
                both(nearest, other.nearest), byText.map(mine -> both(mine, other.texts())));
    }

    private List<VectorMatch> texts() {
        return byText.orElse(List.of());
    }

    private static List<VectorMatch> both(List<VectorMatch> first, List<VectorMatch> second) {
        List<VectorMatch> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
