package dev.treadle.bindings.search.meilisearch;

import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import dev.treadle.SearchResults.Hit;
import dev.treadle.bindings.search.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the server found.
 *
 * @param facets those that it was asked for
 * @param shown all that was asked for
 */
record FoundReader(List<IndexFinder.Facet> facets, SearchQuery.Shown shown) {
    /** Where a highlight begins and ends: letters that nobody's text has, nor HTML. */
    static final String BEGIN = "\uE000";

    static final String END = "\uE001";

    SearchResults nothing() {
        Map<String, List<Count>> none = new LinkedHashMap<>();
        shown.facets().keySet().forEach(field -> none.put(field, List.of()));
        return new SearchResults(0, List.of(), none);
    }

    /**
     * @param skipped of the first page's hits
     */
    SearchResults read(List<JsonNode> pages, int skipped) {
        List<Hit> hits =
                pages.stream()
                        .flatMap(page -> page.path("hits").valueStream())
                        .skip(skipped)
                        .limit(shown.limit())
                        .map(this::hit)
                        .toList();
        JsonNode first = pages.getFirst();
        return new SearchResults(
                first.path("totalHits").asLong(), hits, counts(first.path("facetDistribution")));
    }

    private Hit hit(JsonNode hit) {
        JsonNode shownText = hit.path("_formatted").path(KeptDocument.object(Kind.TEXT));
        Map<String, String> highlights = new HashMap<>();
        for (String field : shown.highlights()) {
            String text = shownText.path(field).asString("");
            if (text.contains(BEGIN)) {
                highlights.put(field, html(text));
            }
        }
        return new Hit(hit.path("_rankingScore").asDouble(1), KeptDocument.read(hit), highlights);
    }

    /** The server gives the text as it is. */
    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#x27;")
                .replace(BEGIN, "<em>")
                .replace(END, "</em>");
    }

    private Map<String, List<Count>> counts(JsonNode found) {
        Map<String, List<Count>> counts = new LinkedHashMap<>(nothing().facets());
        for (IndexFinder.Facet facet : facets) {
            List<Count> values = new ArrayList<>();
            found.path(facet.path())
                    .forEachEntry(
                            (value, count) ->
                                    values.add(new Count(value(facet, value), count.asLong())));
            values.sort(
                    Comparator.comparingLong(Count::documents)
                            .reversed()
                            .thenComparing(Count::value));
            int most = shown.facets().getOrDefault(facet.field(), 0);
            counts.put(facet.field(), values.subList(0, Math.min(most, values.size())));
        }
        return counts;
    }

    private static String value(IndexFinder.Facet facet, String value) {
        return facet.kind() == Kind.KEYWORDS ? Hex.text(value) : value;
    }
}
