package dev.treadle.testkit;

import static dev.treadle.testkit.SearchBooks.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchFilter;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What providers of documents promise that compare vectors, beside {@link SearchContract}. */
public abstract class SearchNearContract extends SearchContract {
    @Test
    void theNearestOfThoseThatPassAreFound() {
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
        Search search = vectors();
        SearchQuery query = SearchQuery.of("maps").near("shape", new float[] {1, 0.1f, 0}, 2);

        assertThat(ids(search, query)).startsWith("xy").containsExactlyInAnyOrder("x", "xy", "z");
        assertThat(ids(search, query.where(SearchFilter.is("tags", "a"))))
                .containsExactlyInAnyOrder("x", "z");
    }

    @Test
    void aVectorComesBackAndOneThatIsReplacedIsGone() {
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
}
