package dev.treadle.testkit;

import static dev.treadle.testkit.SearchBooks.NOON;
import static dev.treadle.testkit.SearchBooks.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every provider of documents promises: of the documents here, of what queries find in {@link
 * SearchQueryContract}. Of those that compare vectors more is asked in {@link SearchNearContract}.
 */
public abstract class SearchContract extends SearchQueryContract {
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
    void otherStoresAreOthers() {
        Search one = books();
        Search other = fresh();

        assertThat(ids(other, SearchQuery.all())).isEmpty();
        other.put(SearchDocument.of("a").text("price", "twelve"));
        assertThat(ids(one, SearchQuery.all())).hasSize(4);
    }
}
