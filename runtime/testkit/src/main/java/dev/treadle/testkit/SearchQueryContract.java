package dev.treadle.testkit;

import static dev.treadle.testkit.SearchBooks.NOON;
import static dev.treadle.testkit.SearchBooks.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchFilter;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import dev.treadle.SearchResults.Hit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a query finds: the part of {@link SearchContract} about words, filters, facets and pages.
 */
abstract class SearchQueryContract {
    /** A store that nobody has written to. */
    protected abstract Search fresh();

    /** Whether a field can count more than another; a provider that cannot says so in its docs. */
    protected boolean weighsFields() {
        return true;
    }

    @Test
    void allWordsOfTheTextAreThereInAnyField() {
        Search search = books();

        assertThat(ids(search, SearchQuery.of("maps"))).containsExactly("atlas");
        assertThat(ids(search, SearchQuery.of("MÁPS world"))).containsExactly("atlas");
        assertThat(ids(search, SearchQuery.of("maps kitchen"))).isEmpty();
        assertThat(ids(search, SearchQuery.of("!?"))).isEmpty();
        assertThat(ids(search, SearchQuery.of(" "))).hasSize(4);
    }

    @Test
    void wordsWithoutCaseAndAccentsAreTheSame() {
        Search search = fresh();
        search.put(SearchDocument.of("a").text("title", "Crème Brûlée, ÖL"));

        assertThat(ids(search, SearchQuery.of("creme brulee ol"))).containsExactly("a");
        assertThat(ids(search, SearchQuery.of("CRÈME"))).containsExactly("a");
    }

    @Test
    void aLongerWordMayHaveTypos() {
        Search search = fresh();
        search.put(SearchDocument.of("a").text("title", "kitchen for beginners of cat lovers"));

        for (String near : List.of("kitchn", "kitcheen", "kitshen", "kithcen", "begnnerz")) {
            assertThat(ids(search, SearchQuery.of(near))).as(near).containsExactly("a");
            assertThat(ids(search, SearchQuery.of(near).withoutTypos())).as(near).isEmpty();
        }
        for (String far : List.of("ktchn", "bitchen", "bxgxnnxrs", "cet")) {
            assertThat(ids(search, SearchQuery.of(far))).as(far).isEmpty();
        }
    }

    @Test
    void theWordItselfComesBeforeSomethingLikeIt() {
        Search search = fresh();
        search.put(SearchDocument.of("a").text("title", "a chart of stars"));
        search.put(SearchDocument.of("b").text("title", "a charm of stars"));
        search.put(SearchDocument.of("c").text("title", "a chard of stars"));

        assertThat(ids(search, SearchQuery.of("charm"))).startsWith("b").hasSize(3);
        assertThat(ids(search, SearchQuery.of("charm stars"))).startsWith("b").hasSize(3);
    }

    @Test
    void aFieldThatCountsMoreComesFirst() {
        Search search = fresh();
        search.put(SearchDocument.of("a").text("title", "stars above").text("body", "maps below"));
        search.put(SearchDocument.of("b").text("title", "maps above").text("body", "stars below"));

        SearchQuery stars = SearchQuery.of("stars");
        if (weighsFields()) {
            assertThat(ids(search, stars.in("title", 10).in("body", 1))).containsExactly("a", "b");
            assertThat(ids(search, stars.in("title", 1).in("body", 10))).containsExactly("b", "a");
        }
        assertThat(ids(search, stars.in("body", 1))).containsExactly("b");
        assertThat(ids(search, stars.in("nowhere", 1))).isEmpty();
    }

    @Test
    void filtersSayWhatMayBeFound() {
        Search search = books();

        assertThat(where(search, SearchFilter.is("tags", "paper")))
                .containsExactly("atlas", "cook");
        assertThat(where(search, SearchFilter.is("tags", "Paper"))).isEmpty();
        assertThat(where(search, SearchFilter.in("tags", List.of("rare", "new"))))
                .containsExactly("atlas", "novel");
        assertThat(where(search, SearchFilter.in("tags", List.of()))).isEmpty();
        assertThat(where(search, SearchFilter.is("price", 7.5))).containsExactly("novel");
        assertThat(where(search, SearchFilter.is("sold", true))).containsExactly("cook");
        assertThat(where(search, SearchFilter.is("added", NOON))).containsExactly("atlas");
        assertThat(where(search, SearchFilter.exists("price")))
                .containsExactly("atlas", "cook", "novel");
        assertThat(where(search, SearchFilter.exists("nothing"))).isEmpty();
        assertThat(where(search, SearchFilter.is("nothing", "a"))).isEmpty();
    }

    @Test
    void rangesHaveTheirEnds() {
        Search search = books();

        assertThat(where(search, SearchFilter.range("price", 7.5, 12)))
                .containsExactly("cook", "novel");
        assertThat(where(search, SearchFilter.atLeast("price", 12)))
                .containsExactly("atlas", "cook");
        assertThat(where(search, SearchFilter.atMost("price", 7.5))).containsExactly("novel");
        assertThat(where(search, SearchFilter.atLeast("added", NOON.plusMillis(1))))
                .containsExactly("cook");
        assertThat(where(search, SearchFilter.atMost("added", NOON))).containsExactly("atlas");
        assertThat(where(search, SearchFilter.range("added", NOON, NOON.plusSeconds(60))))
                .containsExactly("atlas", "cook");
    }

    @Test
    void filtersAreJoined() {
        Search search = books();
        SearchFilter paper = SearchFilter.is("tags", "paper");
        SearchFilter cheap = SearchFilter.atMost("price", 12);

        assertThat(where(search, SearchFilter.and(paper, cheap))).containsExactly("cook");
        assertThat(where(search, SearchFilter.or(paper, cheap)))
                .containsExactly("atlas", "cook", "novel");
        assertThat(where(search, SearchFilter.not(paper))).containsExactly("novel", "plain");
        assertThat(where(search, SearchFilter.and(SearchFilter.not(paper), cheap)))
                .containsExactly("novel");
        assertThat(where(search, SearchFilter.and())).hasSize(4);
        assertThat(where(search, SearchFilter.or())).isEmpty();
        assertThat(ids(search, SearchQuery.of("maps").where(cheap))).isEmpty();
    }

    @Test
    void facetsCountWhatIsFound() {
        Search search = books();
        SearchResults all =
                search.find(fresh(SearchQuery.all().facet("tags", 10).facet("sold", 5)));

        assertThat(all.facets().get("tags"))
                .containsExactly(new Count("paper", 2), new Count("new", 1), new Count("rare", 1));
        assertThat(all.facets().get("sold"))
                .containsExactly(new Count("false", 1), new Count("true", 1));
        SearchResults some =
                search.find(
                        fresh(
                                SearchQuery.of("kitchen")
                                        .facet("tags", 1)
                                        .facet("nothing", 1)
                                        .limit(0)));
        assertThat(some.facets().get("tags")).containsExactly(new Count("paper", 1));
        assertThat(some.facets().get("nothing")).isEmpty();
        assertThat(some.hits()).isEmpty();
        assertThat(some.total()).isEqualTo(1);
    }

    @Test
    void aFacetTellsTheMostFrequentOnes() {
        Search search = fresh();
        List<SearchDocument> documents = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            documents.add(SearchDocument.of("d" + i).keywords("third", "t" + i % 3, "t" + i % 2));
        }
        search.put(documents.subList(0, 20));
        search.find(fresh(SearchQuery.all()));
        search.put(documents.subList(20, 60));

        SearchResults found = search.find(fresh(SearchQuery.all().facet("third", 2)));
        assertThat(found.facets().get("third"))
                .containsExactly(new Count("t0", 40), new Count("t1", 40));
    }

    @Test
    void whatIsSortedHasWhatHasNothingLast() {
        Search search = books();

        assertThat(ids(search, SearchQuery.all().ascending("price")))
                .containsExactly("novel", "cook", "atlas", "plain");
        assertThat(ids(search, SearchQuery.all().descending("price")))
                .containsExactly("atlas", "cook", "novel", "plain");
        assertThat(ids(search, SearchQuery.all().descending("added")))
                .containsExactly("cook", "atlas", "novel", "plain");
        assertThat(ids(search, SearchQuery.all().ascending("tags")))
                .containsExactly("novel", "atlas", "cook", "plain");
        assertThat(ids(search, SearchQuery.all().descending("tags").ascending("price")))
                .containsExactly("cook", "atlas", "novel", "plain");
        assertThat(ids(search, SearchQuery.all().descending("sold").descending("nothing")))
                .containsExactly("cook", "novel", "atlas", "plain");
    }

    @Test
    void highlightsShowTheWordsAndAreSafeInAPage() {
        Search search = fresh();
        search.put(
                SearchDocument.of("a")
                        .text("title", "Kitchen <b>maps</b>")
                        .text("body", "Nothing of the kind."));

        SearchQuery query = SearchQuery.of("kitchn maps").highlight("title").highlight("body");
        Hit hit = search.find(fresh(query)).hits().getFirst();
        assertThat(hit.highlights()).containsOnlyKeys("title");
        assertThat(hit.highlights().get("title"))
                .contains("<em>Kitchen</em>")
                .contains("<em>maps</em>")
                .contains("&lt;b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void pagesMakeTheWhole() {
        Search search = fresh();
        List<SearchDocument> documents = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            documents.add(SearchDocument.of("d%03d".formatted(i)).text("title", "same words"));
        }
        Collections.reverse(documents);
        search.put(documents);

        List<String> all = new ArrayList<>();
        for (int offset = 0; offset < 300; offset += 40) {
            SearchQuery page = SearchQuery.of("words").offset(offset).limit(40);
            SearchResults results = search.find(fresh(page));
            assertThat(results.total()).isEqualTo(250);
            results.hits().forEach(hit -> all.add(hit.id()));
        }
        assertThat(all).hasSize(250).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aQueryThatDoesNotFitTheFieldsIsRefused() {
        Search search = books();
        for (SearchQuery query :
                List.of(
                        SearchQuery.of("a").in("price", 1),
                        SearchQuery.all().facet("price", 1),
                        SearchQuery.all().facet("title", 1),
                        SearchQuery.all().ascending("title"),
                        SearchQuery.all().highlight("tags"),
                        SearchQuery.all().where(SearchFilter.is("price", "7")),
                        SearchQuery.all().where(SearchFilter.atLeast("tags", 7)),
                        SearchQuery.all().where(SearchFilter.is("title", "a")))) {
            assertThatThrownBy(() -> search.find(fresh(query)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the field '");
        }
        assertThatThrownBy(() -> search.find(SearchQuery.of("w ".repeat(17))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 16 words");
    }

    @Test
    void anEmptyStoreFindsNothing() {
        SearchResults none =
                fresh().find(SearchQuery.of("maps").facet("tags", 3).ascending("price"));

        assertThat(none.total()).isZero();
        assertThat(none.hits()).isEmpty();
        assertThat(none.facets().get("tags")).isEmpty();
    }

    private static List<String> where(Search search, SearchFilter filter) {
        return ids(search, SearchQuery.all().where(filter));
    }

    final Search books() {
        return SearchBooks.in(fresh());
    }

    static SearchQuery fresh(SearchQuery query) {
        return query.asFresh();
    }
}
