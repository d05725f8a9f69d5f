package dev.treadle.testkit;

import dev.treadle.Search;
import dev.treadle.SearchDocument;
import dev.treadle.SearchQuery;
import dev.treadle.SearchResults.Hit;
import java.time.Instant;
import java.util.List;

/** Four books to search among: what the cases of documents and of queries share. */
final class SearchBooks {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123Z");

    private SearchBooks() {}

    /** The same store, with the four in it. */
    static Search in(Search search) {
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

    /** What the query finds of all that was put so far. */
    static List<String> ids(Search search, SearchQuery query) {
        return search.find(query.asFresh()).hits().stream().map(Hit::id).toList();
    }
}
