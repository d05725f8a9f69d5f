package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchQuery;
import dev.treadle.bindings.search.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is near a vector, as a query for just these documents with their scores. A script compares
 * all vectors that pass the filter: that needs no plug-in and misses none.
 */
record IndexNearest(IndexSearch search) {
    /** So much the first places of an order are leveled when two orders are joined. */
    private static final double LEVEL = 60;

    /**
     * One plus the cosine, halved. A vector is its numbers, four bytes each, the high one first.
     */
    private static final String SCRIPT =
            """
            BytesRef vector = doc[params.field].value;
            byte[] bytes = vector.bytes;
            int at = vector.offset;
            List wanted = params.wanted;
            double product = 0;
            double square = 0;
            for (int i = 0; i < wanted.size(); i++) {
              float number = Float.intBitsToFloat(((bytes[at] & 255) << 24)
                  | ((bytes[at + 1] & 255) << 16) | ((bytes[at + 2] & 255) << 8) | (bytes[at + 3] & 255));
              product += number * (double) wanted.get(i);
              square += number * number;
              at += 4;
            }
            double length = params.length;
            return Math.max(0, (1 + product / (Math.sqrt(square) * length)) / 2);
            """;

    /**
     * @param text what the words ask for
     * @param filters what may be found
     */
    Map<String, Object> query(
            SearchQuery asked, Map<String, Object> text, List<Map<String, Object>> filters) {
        SearchQuery.Near near = asked.near().orElseThrow();
        boolean there =
                search.fields().indexed(near.field(), "looking near", Kind.VECTOR).isPresent();
        search.fields().requireDimensions(near.field(), near.vector().vector().length);
        boolean alone = asked.words().text().isBlank();
        Map<String, Double> scores = new LinkedHashMap<>();
        if (there) {
            add(scores, asked, close(near, filters), alone);
        }
        if (!alone) {
            add(scores, asked, IndexSearch.joined(text, filters), false);
        }
        return these(scores);
    }

    private static Map<String, Object> close(
            SearchQuery.Near near, List<Map<String, Object>> filters) {
        float[] wanted = near.vector().vector();
        List<Object> passing = new ArrayList<>(filters);
        passing.add(IndexQueries.has(Kind.VECTOR, near.field()));
        Map<String, Object> parameters =
                Map.of(
                        "field", StoredDocument.path(near.field()),
                        "wanted", wanted,
                        "length", length(wanted));
        return Map.of(
                "script_score",
                Map.of(
                        "query",
                        IndexQueries.bool("filter", passing),
                        "script",
                        Map.of("lang", "painless", "source", SCRIPT, "params", parameters)));
    }

    private static double length(float[] vector) {
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        return Math.sqrt(square);
    }

    /**
     * @param asIs whether a score counts as it is, instead of by its place
     */
    private void add(
            Map<String, Double> scores,
            SearchQuery asked,
            Map<String, Object> query,
            boolean asIs) {
        Map<String, Object> body =
                Map.of(
                        "query",
                        query,
                        "size",
                        asked.near().orElseThrow().nearest(),
                        "sort",
                        List.of("_score", Map.of(StoredDocument.ID, "asc")),
                        "track_scores",
                        true,
                        "_source",
                        List.of(StoredDocument.ID));
        int place = 0;
        for (JsonNode hit : search.search(asked, body).path("hits").path("hits")) {
            place++;
            double score = asIs ? hit.path("_score").asDouble() : 1 / (LEVEL + place);
            scores.merge(
                    hit.path("_source").path(StoredDocument.ID).asString(), score, Double::sum);
        }
    }

    private static Map<String, Object> these(Map<String, Double> scores) {
        if (scores.isEmpty()) {
            return IndexQueries.NONE;
        }
        List<Object> each = new ArrayList<>();
        scores.forEach(
                (id, score) ->
                        each.add(
                                Map.of(
                                        "constant_score",
                                        Map.of(
                                                "filter",
                                                Map.of("term", Map.of(StoredDocument.ID, id)),
                                                "boost",
                                                score))));
        return IndexQueries.bool("should", each);
    }
}
