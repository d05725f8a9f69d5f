package dev.treadle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.treadle.SearchFilter;
import dev.treadle.VectorMatch;
import dev.treadle.VectorPoint;
import dev.treadle.VectorQuery;
import dev.treadle.Vectors;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every provider of vectors promises. */
public abstract class VectorsContract {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123Z");

    /** How near is measured. */
    public enum Measure {
        COSINE,
        DOT,
        EUCLIDEAN
    }

    /** A store of vectors that nobody has written to. */
    protected abstract Vectors fresh(int dimensions, Measure measure);

    @Test
    void whatIsPutComesBackWhole() {
        Vectors vectors = fresh(3, Measure.DOT);
        VectorPoint point =
                VectorPoint.of("a/1 ü", 1, -2.5f, 0.125f)
                        .text("title", "Old <maps> & “charts”")
                        .keywords("tags", "paper", "", "Rare book")
                        .keywords("none")
                        .number("price", 12.5)
                        .number("whole", 9_007_199_254_740_992.0)
                        .time("added", NOON)
                        .flag("sold", false);
        vectors.put(point);

        assertThat(vectors.get("a/1 ü")).contains(point);
        assertThat(vectors.find(VectorQuery.near(1, 0, 0).asFresh()))
                .containsExactly(new VectorMatch(1, point));
        assertThat(vectors.get("b")).isEmpty();
    }

    @Test
    void whatIsPutIsFoundSoonWithoutBeingFresh() {
        Vectors vectors = fresh(2, Measure.COSINE);
        vectors.put(VectorPoint.of("a", 1, 2));

        Eventually.holds(() -> vectors.find(VectorQuery.near(1, 2)).size() == 1);
    }

    @Test
    void theNearestComeFirst() {
        Vectors vectors = shapes(Measure.COSINE);

        assertThat(ids(vectors, VectorQuery.near(1, 0.1f, 0))).startsWith("x", "xy", "y");
        assertThat(ids(vectors, VectorQuery.near(1, 0.1f, 0).limit(2))).containsExactly("x", "xy");
    }

    @Test
    void nearIsMeasuredAsTheManifestSays() {
        for (Measure measure : Measure.values()) {
            Vectors vectors = fresh(2, measure);
            vectors.put(
                    List.of(
                            VectorPoint.of("close", 1, 0.5f),
                            VectorPoint.of("same way", 4, 0),
                            VectorPoint.of("long", 10, 10),
                            VectorPoint.of("against", -1, 0)));
            List<VectorMatch> found = vectors.find(VectorQuery.near(1, 0).asFresh());
            List<String> expected =
                    switch (measure) {
                        case COSINE -> List.of("same way", "close", "long", "against");
                        case DOT -> List.of("long", "same way", "close", "against");
                        case EUCLIDEAN -> List.of("close", "against", "same way", "long");
                    };
            double best =
                    switch (measure) {
                        case COSINE -> 1;
                        case DOT -> 10;
                        case EUCLIDEAN -> 1 / 1.5;
                    };

            assertThat(found).as("%s", measure).extracting(VectorMatch::id).isEqualTo(expected);
            assertThat(found.getFirst().score()).isCloseTo(best, within(1e-6));
        }
    }

    @Test
    void aPutTakesThePlaceOfTheOneBefore() {
        Vectors vectors = shapes(Measure.COSINE);
        VectorPoint moved = VectorPoint.of("x", 0, 0, 1).keywords("tags", "moved");
        vectors.put(moved);

        assertThat(vectors.get("x")).contains(moved);
        VectorQuery near = VectorQuery.near(1, 0.5f, 0).limit(1);
        assertThat(ids(vectors, near)).containsExactly("xy");
        assertThat(ids(vectors, near.where(SearchFilter.is("tags", "a")).limit(9)))
                .containsExactly("z");
    }

    @Test
    void filtersSayWhatMayBeFound() {
        Vectors vectors = shapes(Measure.EUCLIDEAN);

        assertThat(where(vectors, SearchFilter.is("tags", "b"))).containsExactly("xy", "y");
        assertThat(where(vectors, SearchFilter.in("tags", List.of("a", "c"))))
                .containsExactly("x", "xy", "z");
        assertThat(where(vectors, SearchFilter.in("tags", List.of()))).isEmpty();
        assertThat(where(vectors, SearchFilter.range("price", 1, 2))).containsExactly("x", "xy");
        assertThat(where(vectors, SearchFilter.atLeast("price", 2))).containsExactly("xy", "y");
        assertThat(where(vectors, SearchFilter.is("price", 2.5))).containsExactly("y");
        assertThat(where(vectors, SearchFilter.atMost("added", NOON))).containsExactly("x");
        assertThat(where(vectors, SearchFilter.is("added", NOON.plusMillis(1))))
                .containsExactly("y");
        assertThat(where(vectors, SearchFilter.is("sold", true))).containsExactly("y");
        assertThat(where(vectors, SearchFilter.exists("price"))).containsExactly("x", "xy", "y");
        assertThat(where(vectors, SearchFilter.exists("nothing"))).isEmpty();
        assertThat(where(vectors, SearchFilter.is("nothing", "a"))).isEmpty();
    }

    @Test
    void filtersAreCombined() {
        Vectors vectors = shapes(Measure.COSINE);
        SearchFilter a = SearchFilter.is("tags", "a");
        SearchFilter cheap = SearchFilter.atMost("price", 2);

        assertThat(where(vectors, SearchFilter.and(a, cheap))).containsExactly("x");
        assertThat(where(vectors, SearchFilter.or(a, cheap))).containsExactly("x", "xy", "z");
        assertThat(where(vectors, SearchFilter.not(a))).containsExactly("none", "xy", "y");
        assertThat(where(vectors, SearchFilter.not(SearchFilter.and(a, cheap))))
                .containsExactly("none", "xy", "y", "z");
        assertThat(where(vectors, SearchFilter.and())).hasSize(5);
        assertThat(where(vectors, SearchFilter.or())).isEmpty();
    }

    @Test
    void wordsAndNearnessAreJoined() {
        Vectors vectors = shapes(Measure.COSINE);
        VectorQuery query = VectorQuery.near(1, 0.1f, 0).text("MÁPS, of something?").limit(3);

        List<VectorMatch> found = vectors.find(query.asFresh());
        assertThat(found).extracting(VectorMatch::id).startsWith("xy").contains("x", "z");
        assertThat(found.getFirst().score()).isBetween(1 / 63.0 + 1 / 62.0, 2 / 61.0);
        assertThat(ids(vectors, query.where(SearchFilter.is("tags", "a"))))
                .containsExactlyInAnyOrder("x", "z");
        assertThat(ids(vectors, query.text("nowhere"))).containsExactly("x", "xy", "y");
        assertThat(ids(vectors, query.text("!?"))).containsExactly("x", "xy", "y");
    }

    @Test
    void aRareWordCountsMore() {
        Vectors vectors = fresh(2, Measure.COSINE);
        for (int i = 0; i < 8; i++) {
            vectors.put(VectorPoint.of("p" + i, 1, i + 1).text("a", "common words"));
        }
        vectors.put(VectorPoint.of("rare", -1, -1).text("b", "quince words"));

        VectorQuery query = VectorQuery.near(-1, -1).text("common quince").limit(3);
        assertThat(ids(vectors, query)).startsWith("rare");
    }

    @Test
    void whatIsDeletedIsNotFound() {
        Vectors vectors = shapes(Measure.COSINE);
        vectors.delete(List.of("x", "nobody"));

        assertThat(vectors.get("x")).isEmpty();
        assertThat(all(vectors)).containsExactly("none", "xy", "y", "z");
        vectors.delete(SearchFilter.is("tags", "b"));
        assertThat(all(vectors)).containsExactly("none", "z");
        assertThat(vectors.get("xy")).isEmpty();
        vectors.delete(SearchFilter.is("nothing", 1));
        assertThat(all(vectors)).containsExactly("none", "z");
    }

    @Test
    void aVectorOfOtherDimensionsIsRefused() {
        Vectors vectors = shapes(Measure.COSINE);
        VectorPoint good = VectorPoint.of("good", 1, 2, 3);

        assertThatThrownBy(() -> vectors.put(List.of(good, VectorPoint.of("n", 1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the vector of 'n' has 2 dimensions; those of the")
                .hasMessageContaining("have 3");
        assertThat(vectors.get("good")).isEmpty();
        assertThatThrownBy(() -> vectors.find(VectorQuery.near(1, 2, 3, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the query's vector has 4 dimensions; those of the");
        for (float[] none : new float[][] {{}, {0, 0}, {Float.NaN}, new float[4097]}) {
            assertThatThrownBy(() -> VectorPoint.of("n", none))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        Vectors vectors = shapes(Measure.COSINE);
        VectorPoint good = VectorPoint.of("good", 1, 2, 3);
        VectorPoint bad = VectorPoint.of("bad", 1, 2, 3).keywords("price", "dear");

        assertThatThrownBy(() -> vectors.put(List.of(good, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the field 'price' holds number")
                .hasMessageContaining("this one would be keywords");
        assertThat(vectors.get("good")).isEmpty();
        assertThatThrownBy(
                        () ->
                                vectors.find(
                                        VectorQuery.near(1, 2, 3)
                                                .where(SearchFilter.is("price", "dear"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the field 'price' holds number");
        assertThatThrownBy(
                        () -> new VectorPoint(good.document().vector("other", 1), new float[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a point has one vector");
    }

    @Test
    void thereAreBounds() {
        Vectors vectors = fresh(1, Measure.COSINE);
        List<String> ids = Collections.nCopies(Vectors.BATCH_MAX + 1, "a");
        List<VectorPoint> points =
                Collections.nCopies(Vectors.BATCH_MAX + 1, VectorPoint.of("a", 1));

        assertThatThrownBy(() -> vectors.put(points))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000 points at once, not 1001");
        assertThatThrownBy(() -> vectors.delete(ids)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VectorQuery.near(1).limit(101))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 to 100 points are found, not 101");
        assertThatThrownBy(() -> VectorQuery.near(1).text("x".repeat(1001)))
                .isInstanceOf(IllegalArgumentException.class);
        vectors.put(List.of());
        vectors.delete(List.of());
        assertThat(ids(vectors, VectorQuery.near(1))).isEmpty();
    }

    @Test
    void manyDimensionsFit() {
        Vectors vectors = fresh(VectorPoint.DIMENSIONS_MAX, Measure.COSINE);
        vectors.put(List.of(wide("a", 0), wide("b", 1), wide("c", 4095)));

        assertThat(ids(vectors, VectorQuery.near(wide("wanted", 4095).vector()).limit(1)))
                .containsExactly("c");
    }

    private static VectorPoint wide(String id, int one) {
        float[] vector = new float[VectorPoint.DIMENSIONS_MAX];
        vector[one] = 1;
        return VectorPoint.of(id, vector);
    }

    @Test
    void otherStoresAreOthers() {
        Vectors one = shapes(Measure.COSINE);
        Vectors other = fresh(3, Measure.COSINE);

        assertThat(all(other)).isEmpty();
        other.put(VectorPoint.of("a", 1, 2, 3).text("price", "twelve"));
        assertThat(all(one)).hasSize(5);
    }

    private Vectors shapes(Measure measure) {
        Vectors vectors = fresh(3, measure);
        vectors.put(
                List.of(
                        point("x", "lines", 1, 0, 0)
                                .keywords("tags", "a")
                                .number("price", 1)
                                .time("added", NOON),
                        point("xy", "maps", 1, 1, 0)
                                .keywords("tags", "b", "c")
                                .number("price", 2)
                                .flag("sold", false),
                        point("y", "lines", 0, 1, 0)
                                .keywords("tags", "b")
                                .number("price", 2.5)
                                .time("added", NOON.plusMillis(1))
                                .flag("sold", true),
                        point("z", "maps", 0, 0, 1).keywords("tags", "a"),
                        VectorPoint.of("none", -1, -1, -1)));
        return vectors;
    }

    private static VectorPoint point(String id, String title, float... vector) {
        return VectorPoint.of(id, vector).text("title", title);
    }

    private static List<String> where(Vectors vectors, SearchFilter filter) {
        return ids(vectors, VectorQuery.near(1, 0, 0).where(filter)).stream().sorted().toList();
    }

    private static List<String> all(Vectors vectors) {
        return where(vectors, SearchFilter.and());
    }

    private static List<String> ids(Vectors vectors, VectorQuery query) {
        return vectors.find(query.asFresh()).stream().map(VectorMatch::id).toList();
    }
}
