package dev.treadle.testing;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Vector;
import dev.treadle.SearchQuery.Near;
import dev.treadle.SearchResults.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is near a vector in a {@link MemorySearch}: all are looked at. */
record MemoryNear(Near near) {
    /** So much the first places of an order are leveled. */
    private static final double LEVEL = 60;

    static void requireSame(String field, Vector first, Vector other) {
        int expected = first.vector().length;
        int found = other.vector().length;
        if (expected != found) {
            throw new IllegalArgumentException(
                    "the vectors of the field '%s' have %d dimensions, this one has %d"
                            .formatted(field, expected, found));
        }
    }

    /**
     * The nearest ones, together with the best by a text if there is one.
     *
     * @param byText the best first
     */
    List<Hit> hits(List<SearchDocument> all, boolean alone, List<Hit> byText) {
        List<Hit> nearest = new ArrayList<>();
        for (SearchDocument document : all) {
            if (document.fields().get(near.field()) instanceof Vector vector) {
                nearest.add(new Hit(score(vector), document, Map.of()));
            }
        }
        nearest.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id));
        List<Hit> first = new ArrayList<>(nearest.stream().limit(near.nearest()).toList());
        return alone ? first : joined(first, byText.stream().limit(near.nearest()).toList());
    }

    private static List<Hit> joined(List<Hit> nearest, List<Hit> byText) {
        Map<String, Hit> joined = new LinkedHashMap<>();
        for (List<Hit> order : List.of(byText, nearest)) {
            for (int place = 0; place < order.size(); place++) {
                Hit hit = order.get(place);
                Hit before = joined.get(hit.id());
                double score = 1 / (LEVEL + place + 1);
                joined.put(
                        hit.id(),
                        before == null
                                ? new Hit(score, hit.document(), hit.highlights())
                                : new Hit(
                                        before.score() + score,
                                        before.document(),
                                        before.highlights()));
            }
        }
        return new ArrayList<>(joined.values());
    }

    /** 1 for the same direction, 0 for the opposite one. */
    private double score(Vector vector) {
        float[] a = near.vector().vector();
        float[] b = vector.vector();
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            first += (double) a[i] * a[i];
            second += (double) b[i] * b[i];
        }
        return (1 + product / Math.sqrt(first * second)) / 2;
    }
}
