package dev.treadle.testkit;

import static dev.treadle.testkit.SearchBooks.NOON;
import static dev.treadle.testkit.SearchBooks.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchFilter;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every provider of documents promises: of the documents and their vectors here, of what
 * queries find in {@link SearchQueryContract}.
 */
public abstract class SearchContract extends SearchQueryContract {
    /** Whether vectors can be looked near to; a provider that cannot refuses it, and tests that. */
    protected boolean looksNear() {
        return true;
    }

    @Test
    void whatIsPutComesBackWhole() {
        Search search = fresh();
        SearchDocument document =
                SearchDocument.of("a/1 ü")
                        .text("title", "Old <maps> & “charts”")
                        .keywords("tags", "paper", "", "Rare book")
                        .keywords("none")
                        .number("price", 12.5)
                        .number("whole", 9_007_199_254_740_992.0)
                        .time("added", NOON)
                        .flag("sold", false);
        search.put(document);

        assertThat(search.get("a/1 ü")).contains(document);
        assertThat(search.find(SearchQuery.of("maps").asFresh()).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.document()).isEqualTo(document))
                .satisfies(hit -> assertThat(hit.score()).isPositive());
        assertThat(search.get("b")).isEmpty();
    }

    @Test
    void whatIsPutIsFoundSoonWithoutBeingFresh() {
        Search search = fresh();
        search.put(SearchDocument.of("a").text("title", "maps"));

        Eventually.holds(() -> search.find(SearchQuery.of("maps")).total() == 1);
    }

    @Test
    void aPutTakesThePlaceOfTheOneBefore() {
        Search search = fresh();
        search.put(SearchDocument.of("a").text("title", "maps").keywords("tags", "old"));
        search.put(SearchDocument.of("a").text("title", "charts"));

        assertThat(ids(search, SearchQuery.of("maps"))).isEmpty();
        assertThat(ids(search, SearchQuery.of("charts"))).containsExactly("a");
        assertThat(search.get("a").orElseThrow().field("tags")).isEmpty();
    }

    @Test
    void whatIsDeletedIsNotFound() {
        Search search = books();
        search.delete(List.of("atlas", "nobody"));

        assertThat(search.get("atlas")).isEmpty();
        assertThat(ids(search, SearchQuery.all())).containsExactly("cook", "novel", "plain");
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        Search search = books();
        SearchDocument good = SearchDocument.of("good").text("title", "good");
        SearchDocument bad = SearchDocument.of("bad").keywords("price", "dear");

        assertThatThrownBy(() -> search.put(List.of(good, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the field 'price' holds number")
                .hasMessageContaining("this one would be keywords");
        assertThat(search.get("good")).isEmpty();
        SearchDocument both = SearchDocument.of("x").text("fresh", "a");
        SearchDocument other = SearchDocument.of("y").flag("fresh", true);
        assertThatThrownBy(() -> search.put(List.of(both, other)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(search.get("x")).isEmpty();
    }

    @Test
    void thereIsABoundToABatch() {
        Search search = fresh();
        List<String> ids = Collections.nCopies(Search.BATCH_MAX + 1, "a");
        List<SearchDocument> documents =
                Collections.nCopies(Search.BATCH_MAX + 1, SearchDocument.of("a"));

        assertThatThrownBy(() -> search.put(documents))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000 documents");
        assertThatThrownBy(() -> search.delete(ids)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNearestOfThoseThatPassAreFound() {
        assumeTrue(looksNear(), "this provider compares no vectors");
        Search search = vectors();
        SearchQuery near = SearchQuery.all().near("shape", new float[] {1, 0.1f, 0}, 2);

        assertThat(ids(search, near)).containsExactly("x", "xy");
        SearchResults results = search.find(fresh(near.facet("tags", 5)));
        assertThat(results.total()).isEqualTo(2);
        assertThat(results.facets().get("tags"))
                .containsExactly(new Count("a", 1), new Count("b", 1));
        assertThat(results.hits().getFirst().score()).isBetween(0.9, 1.0);
        assertThat(ids(search, near.where(SearchFilter.is("tags", "b"))))
                .containsExactly("xy", "y");
        assertThat(ids(search, near.descending("number"))).containsExactly("xy", "x");
        assertThat(ids(search, near.offset(1).limit(1))).containsExactly("xy");
        assertThat(ids(search, SearchQuery.all().near("none", new float[] {1}, 2))).isEmpty();
    }

    @Test
    void wordsAndNearnessAreJoined() {
        assumeTrue(looksNear(), "this provider compares no vectors");
        Search search = vectors();
        SearchQuery query = SearchQuery.of("maps").near("shape", new float[] {1, 0.1f, 0}, 2);

        assertThat(ids(search, query)).startsWith("xy").containsExactlyInAnyOrder("x", "xy", "z");
        assertThat(ids(search, query.where(SearchFilter.is("tags", "a"))))
                .containsExactlyInAnyOrder("x", "z");
    }

    @Test
    void aVectorComesBackAndOneThatIsReplacedIsGone() {
        assumeTrue(looksNear(), "this provider compares no vectors");
        Search search = vectors();
        SearchDocument moved = SearchDocument.of("x").vector("shape", 0, 0, 2);
        search.put(moved);

        assertThat(search.get("x")).contains(moved);
        SearchQuery near = SearchQuery.all().near("shape", new float[] {1, 0.5f, 0}, 1);
        assertThat(ids(search, near)).containsExactly("xy");
        search.delete("xy");
        assertThat(ids(search, near)).containsExactly("y");
    }

    @Test
    void aVectorOfOtherDimensionsIsRefused() {
        assumeTrue(looksNear(), "this provider compares no vectors");
        Search search = vectors();
        assertThatThrownBy(() -> search.put(SearchDocument.of("n").vector("shape", 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have 3 dimensions, this one has 2");
        SearchQuery near = SearchQuery.all().near("shape", new float[] {1, 2}, 1);
        assertThatThrownBy(() -> search.find(near))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have 3 dimensions, this one has 2");
        for (float[] none : new float[][] {{}, {0, 0}, {Float.NaN}, new float[1025]}) {
            assertThatThrownBy(() -> SearchDocument.of("n").vector("shape", none))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Beside the nearest two, one of the text alone and one of neither. */
    private Search vectors() {
        Search search = fresh();
        search.put(
                List.of(
                        vector("x", "lines", "a", 1, 0, 0).number("number", 1),
                        vector("xy", "maps", "b", 1, 1, 0).number("number", 2),
                        vector("y", "lines", "b", 0, 1, 0),
                        vector("z", "maps", "a", 0, 0, 1),
                        SearchDocument.of("none").text("title", "nothing")));
        return search;
    }

    private static SearchDocument vector(String id, String title, String tag, float... shape) {
        return SearchDocument.of(id)
                .text("title", title)
                .keywords("tags", tag)
                .vector("shape", shape);
    }

    @Test
    void otherStoresAreOthers() {
        Search one = books();
        Search other = fresh();

        assertThat(ids(other, SearchQuery.all())).isEmpty();
        other.put(SearchDocument.of("a").text("price", "twelve"));
        assertThat(ids(one, SearchQuery.all())).hasSize(4);
    }
}
