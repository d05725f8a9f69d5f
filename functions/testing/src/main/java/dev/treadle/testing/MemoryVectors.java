package dev.treadle.testing;

import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Value;
import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Vectors in memory, found by the rules of a node's stores; all are looked at, and all is found at
 * once. Safe for threads.
 */
public final class MemoryVectors implements Vectors {
    private static final Comparator<VectorMatch> BEST =
            Comparator.comparingDouble(VectorMatch::score)
                    .reversed()
                    .thenComparing(VectorMatch::id);

    /** So much the first places of an order are leveled. */
    private static final double LEVEL = 60;

    private final int dimensions;
    private final Nearness nearness;

    /** By id. Guarded by this. */
    private final Map<String, VectorPoint> points = new TreeMap<>();

    /** A value of each field, for its kind. Guarded by this. */
    private final Map<String, Value> firsts = new HashMap<>();

    private MemoryVectors(int dimensions, Nearness nearness) {
        this.dimensions = dimensions;
        this.nearness = nearness;
    }

    /** How near two vectors are. */
    @FunctionalInterface
    private interface Nearness {
        double of(float[] a, float[] b);
    }

    /** An empty store of such vectors, near by their angle. */
    public static MemoryVectors cosine(int dimensions) {
        return new MemoryVectors(
                dimensions, (a, b) -> dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)));
    }

    /** An empty store of such vectors, near by their product. */
    public static MemoryVectors dot(int dimensions) {
        return new MemoryVectors(dimensions, MemoryVectors::dot);
    }

    /** An empty store of such vectors, near by the way between them. */
    public static MemoryVectors euclidean(int dimensions) {
        return new MemoryVectors(
                dimensions,
                (a, b) -> 1 / (1 + Math.sqrt(Math.max(0, dot(a, a) - 2 * dot(a, b) + dot(b, b)))));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Override
    public synchronized void put(List<VectorPoint> more) {
        bound(more.size());
        more.forEach(
                point ->
                        requireDimensions(
                                "the vector of '%s'".formatted(point.id()), point.vector().length));
        Map<String, Value> kinds = new HashMap<>(firsts);
        for (VectorPoint point : more) {
            point.fields().forEach((field, value) -> MemorySearch.requireKind(kinds, field, value));
        }
        firsts.putAll(kinds);
        more.forEach(point -> points.put(point.id(), point));
    }

    @Override
    public synchronized void delete(List<String> ids) {
        bound(ids.size());
        points.keySet().removeAll(ids);
    }

    @Override
    public synchronized void delete(SearchFilter filter) {
        points.keySet()
                .removeAll(passing(Optional.of(filter)).stream().map(VectorPoint::id).toList());
    }

    @Override
    public synchronized Optional<VectorPoint> get(String id) {
        return Optional.ofNullable(points.get(id));
    }

    @Override
    public synchronized List<VectorMatch> find(VectorQuery query) {
        float[] wanted = query.vector();
        requireDimensions("the query's vector", wanted.length);
        List<VectorPoint> passing = passing(query.filter());
        List<VectorMatch> nearest =
                best(passing, query.limit(), point -> nearness.of(wanted, point.vector()));
        if (query.text().isBlank()) {
            return nearest;
        }
        List<String> words =
                MemoryWords.words(query.text()).stream()
                        .distinct()
                        .limit(VectorQuery.WORDS_MAX)
                        .toList();
        List<VectorMatch> byText =
                best(passing, query.limit(), point -> score(words, point)).stream()
                        .filter(match -> match.score() > 0)
                        .toList();
        Map<String, VectorMatch> joined = new HashMap<>();
        count(nearest, joined);
        count(byText, joined);
        return joined.values().stream().sorted(BEST).limit(query.limit()).toList();
    }

    private static List<VectorMatch> best(
            List<VectorPoint> points, int limit, ToDoubleFunction<VectorPoint> score) {
        return points.stream()
                .map(point -> new VectorMatch(score.applyAsDouble(point), point))
                .sorted(BEST)
                .limit(limit)
                .toList();
    }

    private static void count(List<VectorMatch> order, Map<String, VectorMatch> joined) {
        for (int place = 0; place < order.size(); place++) {
            VectorPoint point = order.get(place).point();
            joined.merge(
                    point.id(),
                    new VectorMatch(1 / (LEVEL + place + 1), point),
                    (a, b) -> new VectorMatch(a.score() + b.score(), point));
        }
    }

    /** Rare words count more. */
    private double score(List<String> words, VectorPoint point) {
        List<String> own = words(point);
        double sum = 0;
        for (String word : words) {
            double often = own.stream().filter(word::equals).count();
            double having = points.values().stream().filter(p -> words(p).contains(word)).count();
            sum +=
                    often
                            / (often + 1 + own.size() / 100.0)
                            * Math.log(1 + points.size() / (1 + having));
        }
        return sum;
    }

    private static List<String> words(VectorPoint point) {
        List<String> words = new ArrayList<>();
        for (Value value : point.fields().values()) {
            if (value instanceof Text text) {
                words.addAll(MemoryWords.words(text.text()));
            }
        }
        return words;
    }

    private List<VectorPoint> passing(Optional<SearchFilter> only) {
        only.ifPresent(SearchFilter::requireBounds);
        MemoryFilter filter = new MemoryFilter(firsts);
        only.ifPresent(filter::check);
        return points.values().stream()
                .filter(
                        point ->
                                only.map(each -> filter.holds(each, point.document())).orElse(true))
                .toList();
    }

    private void requireDimensions(String what, int found) {
        if (found != dimensions) {
            throw new IllegalArgumentException(
                    "%s has %d dimensions; those of the store have %d"
                            .formatted(what, found, dimensions));
        }
    }

    private static void bound(int size) {
        if (size > BATCH_MAX) {
            throw new IllegalArgumentException(
                    "at most %d points at once, not %d".formatted(BATCH_MAX, size));
        }
    }
}
