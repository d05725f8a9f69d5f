package dev.treadle.bindings.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.search.LuceneHome;
import dev.treadle.registry.BindingSpec.Distance;
import dev.treadle.testkit.VectorsContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneVectorsTest extends VectorsContract {
    private static final VectorShape PLANE = new VectorShape(2, Distance.COSINE);

    @TempDir Path folder;
    private LuceneHome home;
    private int stores;

    @BeforeEach
    void open() {
        home = LuceneHome.forVectors(folder.resolve("vectors"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Override
    protected Vectors fresh(int dimensions, Measure measure) {
        VectorShape shape = new VectorShape(dimensions, Distance.valueOf(measure.name()));
        return bound(home, "s-" + stores++, shape, 1_000_000);
    }

    private static Vectors bound(LuceneHome home, String store, VectorShape shape, int pointsMax) {
        VectorProvider provider = new LuceneVectorProvider(home, pointsMax, Duration.ofSeconds(30));
        return new BoundVectors(provider.store(store, shape), shape, TestGuard.of(provider));
    }

    /** So many that a graph is gone through, with a filter as well. */
    @Test
    void theNearestOfManyAreFound() {
        Vectors many = bound(home, "many", PLANE, 1_000_000);
        for (int from = 0; from < 24_000; from += Vectors.BATCH_MAX) {
            List<VectorPoint> points = new ArrayList<>();
            for (int i = from; i < from + Vectors.BATCH_MAX; i++) {
                float[] around = {(float) Math.cos(i * 2e-4), (float) Math.sin(i * 2e-4)};
                points.add(VectorPoint.of("" + i, around).flag("even", i % 2 == 0));
            }
            many.put(points);
        }
        float[] near = {(float) Math.cos(12_001 * 2e-4), (float) Math.sin(12_001 * 2e-4)};
        VectorQuery three = VectorQuery.near(near).limit(3).asFresh();

        assertThat(many.find(three))
                .extracting(VectorMatch::id)
                .containsExactlyInAnyOrder("12000", "12001", "12002");
        assertThat(many.find(three.limit(2).where(SearchFilter.is("even", true))))
                .extracting(VectorMatch::id)
                .containsExactlyInAnyOrder("12000", "12002");
    }

    @Test
    void pointsAndTheirShapeOutliveTheHome() {
        bound(home, "a", PLANE, 10).put(VectorPoint.of("1", 1, 2).number("price", 1));
        home.close();

        try (LuceneHome again = LuceneHome.forVectors(folder.resolve("vectors"))) {
            Vectors after = bound(again, "a", PLANE, 10);
            assertThat(after.find(VectorQuery.near(1, 2))).hasSize(1);
            assertThatThrownBy(() -> after.put(VectorPoint.of("2", 1, 2).text("price", "dear")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the field 'price' holds numbers");
            assertShapeIsKept(again);
        }
    }

    @Test
    void aStoreKeepsTheShapeThatItWasBegunWith() {
        bound(home, "a", PLANE, 10).put(VectorPoint.of("1", 1, 2));

        assertShapeIsKept(home);
    }

    private static void assertShapeIsKept(LuceneHome home) {
        Vectors wider = bound(home, "a", new VectorShape(3, Distance.COSINE), 10);
        assertThatThrownBy(() -> wider.put(VectorPoint.of("2", 1, 2, 3)))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("TR-5005")
                .hasMessageContaining(
                        "the store holds vectors of 2 dimensions by cosine, and the manifest says 3 dimensions by cosine");
        Vectors other = bound(home, "a", new VectorShape(2, Distance.DOT), 10);
        assertThatThrownBy(() -> other.find(VectorQuery.near(1, 2)))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("the manifest says 2 dimensions by dot");
    }

    @Test
    void aStoreThatIsFullTakesNoMore() {
        Vectors vectors = bound(home, "a", PLANE, 1);
        vectors.put(VectorPoint.of("1", 1, 2));
        vectors.put(VectorPoint.of("1", 2, 1));

        assertThatThrownBy(() -> vectors.put(VectorPoint.of("2", 1, 2)))
                .isInstanceOf(BindingFailed.class)
                .hasMessageContaining("as many as it may have");
    }

    @Test
    void aDryRunSeesItsOwnWritesAndNobodyElseDoes() {
        VectorStore real =
                new LuceneVectorProvider(home, 10, Duration.ofSeconds(30)).store("a", PLANE);
        real.put(
                List.of(
                        VectorPoint.of("1", 1, 0).text("title", "maps"),
                        VectorPoint.of("2", 1, 1).text("title", "maps").keywords("tags", "old"),
                        VectorPoint.of("3", 0, 1).text("title", "maps").keywords("tags", "old")));
        List<String> told = new ArrayList<>();
        DryVectors dry = new DryVectors(VectorOverlay.over(real, PLANE), told::add);

        dry.put(List.of(VectorPoint.of("1", 0, 1).text("title", "charts")));
        dry.put(List.of(VectorPoint.of("4", 1, 0.1f).text("title", "maps")));
        dry.delete(List.of("2"));

        assertThat(ids(dry, VectorQuery.near(1, 0))).containsExactly("4", "1", "3");
        assertThat(ids(dry, VectorQuery.near(1, 0).text("charts"))).startsWith("1");
        assertThat(dry.get("2")).isEmpty();
        assertThat(dry.get("1").flatMap(point -> point.text("title"))).hasValue("charts");
        dry.delete(SearchFilter.is("tags", "old"));
        assertThat(ids(dry, VectorQuery.near(1, 0))).containsExactly("4", "1");
        assertThat(ids(real, VectorQuery.near(1, 0).asFresh())).containsExactly("1", "2", "3");
        assertThat(told)
                .containsExactly("put 1, 1 fields", "put 4, 1 fields", "delete 2", "delete 3");
        assertThatThrownBy(() -> dry.put(List.of(VectorPoint.of("6", 1, 1).number("title", 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> ids(VectorStore store, VectorQuery query) {
        return store.look(query, Set.of()).joined(query.limit()).stream()
                .map(VectorMatch::id)
                .toList();
    }
}
