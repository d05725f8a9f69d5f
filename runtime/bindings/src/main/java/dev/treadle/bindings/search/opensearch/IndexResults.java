package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.SearchResults.Count;
import dev.treadle.SearchResults.Hit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the server found.
 *
 * @param shown what was asked for
 */
record IndexResults(SearchQuery.Shown shown) {
    private static final String BETWEEN = " … ";

    SearchResults read(JsonNode found) {
        JsonNode hits = found.path("hits");
        return new SearchResults(
                hits.path("total").path("value").asLong(),
                hits.path("hits").valueStream().map(IndexResults::hit).toList(),
                facets(found.path("aggregations")));
    }

    private static Hit hit(JsonNode hit) {
        Map<String, String> highlights = new HashMap<>();
        hit.path("highlight")
                .forEachEntry(
                        (path, parts) ->
                                highlights.put(
                                        path.substring(StoredDocument.path("").length()),
                                        parts.valueStream()
                                                .map(JsonNode::asString)
                                                .collect(Collectors.joining(BETWEEN))));
        return new Hit(
                hit.path("_score").asDouble(),
                StoredDocument.read(hit.path("_source")),
                highlights);
    }

    private Map<String, List<Count>> facets(JsonNode counted) {
        Map<String, List<Count>> facets = new LinkedHashMap<>();
        for (String field : shown.facets().keySet()) {
            facets.put(
                    field,
                    counted.path(field)
                            .path("buckets")
                            .valueStream()
                            .map(IndexResults::count)
                            .toList());
        }
        return facets;
    }

    /** A flag's name stands beside its key, which is a number. */
    private static Count count(JsonNode bucket) {
        JsonNode name = bucket.path("key_as_string");
        return new Count(
                name.isMissingNode() ? bucket.path("key").asString() : name.asString(),
                bucket.path("doc_count").asLong());
    }
}
