package dev.treadle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchFilter;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import dev.treadle.SearchResults.Hit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every provider of documents promises. */
public abstract class SearchContract {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123Z");

    /** A store that nobody has written to. */
    protected abstract Search fresh();

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
        assertThat(ids(search, stars.in("title", 10).in("body", 1))).containsExactly("a", "b");
        assertThat(ids(search, stars.in("title", 1).in("body", 10))).containsExactly("b", "a");
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

    @Test
    void anEmptyStoreFindsNothing() {
        SearchResults none =
                fresh().find(SearchQuery.of("maps").facet("tags", 3).ascending("price"));

        assertThat(none.total()).isZero();
        assertThat(none.hits()).isEmpty();
        assertThat(none.facets().get("tags")).isEmpty();
    }

    @Test
    void otherStoresAreOthers() {
        Search one = books();
        Search other = fresh();

        assertThat(ids(other, SearchQuery.all())).isEmpty();
        other.put(SearchDocument.of("a").text("price", "twelve"));
        assertThat(ids(one, SearchQuery.all())).hasSize(4);
    }

    private Search books() {
        Search search = fresh();
        search.put(
                List.of(
                        SearchDocument.of("atlas")
                                .text("title", "Maps of the world")
                                .keywords("tags", "paper", "rare")
                                .number("price", 40)
                                .time("added", NOON),
                        SearchDocument.of("cook")
                                .text("title", "The kitchen")
                                .text("body", "For beginners")
                                .keywords("tags", "paper")
                                .number("price", 12)
                                .time("added", NOON.plusSeconds(60))
                                .flag("sold", true),
                        SearchDocument.of("novel")
                                .text("title", "A long story")
                                .keywords("tags", "new")
                                .number("price", 7.5)
                                .flag("sold", false),
                        SearchDocument.of("plain").text("title", "Nothing else")));
        return search;
    }

    private static List<String> where(Search search, SearchFilter filter) {
        return ids(search, SearchQuery.all().where(filter));
    }

    private static List<String> ids(Search search, SearchQuery query) {
        return search.find(fresh(query)).hits().stream().map(Hit::id).toList();
    }

    private static SearchQuery fresh(SearchQuery query) {
        return query.asFresh();
    }
}
