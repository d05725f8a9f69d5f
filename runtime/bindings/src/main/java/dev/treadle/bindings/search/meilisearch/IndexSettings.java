package dev.treadle.bindings.search.meilisearch;

import com.meilisearch.sdk.model.FacetSortValue;
import com.meilisearch.sdk.model.Faceting;
import com.meilisearch.sdk.model.Pagination;
import com.meilisearch.sdk.model.Settings;
import com.meilisearch.sdk.model.TypoTolerance;
import dev.treadle.SearchQuery;
import dev.treadle.bindings.search.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What an index is told once, so that it finds what other providers find. */
final class IndexSettings extends Settings {
    /** A field's name, in the documents that say which fields there are. */
    static final String FIELD = "field";

    /** What it holds. */
    static final String KIND = "kind";

    private static final int ONE_TYPO_FROM = 4;
    private static final int TWO_TYPOS_FROM = 8;

    /** The SDK does not know it: words are whole, not the beginnings of what somebody types. */
    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // the SDK makes JSON of all fields
    private final String prefixSearch = "disabled";

    private IndexSettings() {}

    static Settings make() {
        Settings settings = new IndexSettings();
        settings.setSearchableAttributes(new String[] {KeptDocument.object(Kind.TEXT)});
        settings.setFilterableAttributes(named(KeptDocument.ID, KeptDocument.NAMES, FIELD));
        settings.setSortableAttributes(named(KeptDocument.ID));
        settings.setRankingRules(
                new String[] {
                    "sort", "words", "typo", "proximity", "attribute", "exactness", "id:asc"
                });
        settings.setTypoTolerance(typos());
        settings.setPagination(new Pagination(SearchQuery.REACH_MAX));
        settings.setFaceting(faceting());
        return settings;
    }

    /** These and the kinds that can be compared. */
    private static String[] named(String... others) {
        Stream<String> kinds =
                Stream.of(Kind.KEYWORDS, Kind.NUMBER, Kind.TIME, Kind.FLAG)
                        .map(KeptDocument::object);
        return Stream.concat(Stream.of(others), kinds).toArray(String[]::new);
    }

    private static TypoTolerance typos() {
        TypoTolerance typos = new TypoTolerance();
        typos.setEnabled(true);
        typos.setMinWordSizeForTypos(
                new HashMap<>(Map.of("oneTypo", ONE_TYPO_FROM, "twoTypos", TWO_TYPOS_FROM)));
        return typos;
    }

    private static Faceting faceting() {
        Faceting faceting = new Faceting();
        faceting.setMaxValuesPerFacet(SearchQuery.FACET_MAX);
        faceting.setSortFacetValuesBy(new HashMap<>(Map.of("*", FacetSortValue.COUNT)));
        return faceting;
    }

    /** The document that says what a field holds. */
    static Map<String, String> field(String field, String kept) {
        return Map.of(KeptDocument.KEY, "field_" + field, FIELD, field, KIND, kept);
    }
}
