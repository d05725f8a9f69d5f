package dev.treadle.bindings.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults.Hit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many of the ten nearest the index finds, of those that looking at all finds. */
class RecallTest {
    /** So many that they are not all compared: the graph is gone through. */
    private static final int DOCUMENTS = 12_000;

    private static final int DIMENSIONS = 48;
    private static final int QUERIES = 50;
    private static final double RECALL = 0.95;

    @TempDir Path folder;

    @Test
    void nearlyAllOfTheNearestTenAreFound() {
        SplittableRandom random = new SplittableRandom(7);
        List<float[]> all = IntStream.range(0, DOCUMENTS).mapToObj(_ -> vector(random)).toList();
        int found = 0;
        try (LuceneHome home = new LuceneHome(folder)) {
            SearchStore store =
                    new LuceneProvider(home, DOCUMENTS, Duration.ofMinutes(1)).store("a");
            for (int from = 0; from < DOCUMENTS; from += 1000) {
                put(store, all, from);
            }
            for (int i = 0; i < QUERIES; i++) {
                float[] wanted = vector(random);
                Set<String> nearest = new HashSet<>(nearest(all, wanted));
                SearchQuery query = SearchQuery.all().near("v", wanted, 10).asFresh();
                for (Hit hit : store.find(query).hits()) {
                    found += nearest.contains(hit.id()) ? 1 : 0;
                }
            }
        }
        assertThat(found / (10.0 * QUERIES)).isGreaterThanOrEqualTo(RECALL);
    }

    private static void put(SearchStore store, List<float[]> all, int from) {
        List<SearchDocument> documents = new ArrayList<>();
        for (int i = from; i < from + 1000; i++) {
            documents.add(SearchDocument.of("d" + i).vector("v", all.get(i)));
        }
        store.put(documents);
    }

    private static List<String> nearest(List<float[]> all, float[] wanted) {
        double[] cosines = all.stream().mapToDouble(each -> cosine(each, wanted)).toArray();
        return IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -cosines[i]))
                .limit(10)
                .map(i -> "d" + i)
                .toList();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }
        return product / Math.sqrt(first * second);
    }

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }
}
