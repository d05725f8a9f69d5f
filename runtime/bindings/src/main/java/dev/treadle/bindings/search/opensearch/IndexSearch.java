package dev.treadle.bindings.search.opensearch;

import dev.treadle.SearchQuery;
import dev.treadle.SearchResults;
import dev.treadle.bindings.search.Kind;
import dev.treadle.bindings.search.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Looks into an index. */
record IndexSearch(OpenSearchHome home, String alias, Schema fields) {
    private static final int CHARACTERS_MAX = 100_000;
    private static final int PARTS_MAX = 3;

    SearchResults find(SearchQuery asked) {
        IndexQueries queries = new IndexQueries(fields);
        Map<String, Object> text = queries.text(asked.words());
        List<Map<String, Object>> filters = asked.filter().map(queries::filter).stream().toList();
        Map<String, Object> scored =
                asked.near().isEmpty() ? text : new IndexNearest(this).query(asked, text, filters);
        SearchQuery.Shown shown = asked.shown();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", joined(scored, filters));
        body.put("from", shown.offset());
        body.put("size", shown.limit());
        body.put("track_total_hits", true);
        body.put("track_scores", true);
        body.put("sort", orders(asked.order()));
        if (!shown.facets().isEmpty()) {
            body.put("aggs", facets(shown.facets()));
        }
        if (!shown.highlights().isEmpty()) {
            body.put("highlight", highlights(text, shown.highlights()));
        }
        return new IndexResults(shown).read(search(asked, body));
    }

    /** A query with the filters that what it finds must pass. */
    static Map<String, Object> joined(
            Map<String, Object> scored, List<Map<String, Object>> filters) {
        return filters.isEmpty()
                ? scored
                : Map.of("bool", Map.of("must", List.of(scored), "filter", filters));
    }

    /**
     * Searches all shards as one, so that a score is the same wherever a document lies; all pages
     * of a query on the same copies, which may differ in what they have forgotten.
     */
    JsonNode search(SearchQuery asked, Map<String, Object> body) {
        Map<String, String> parameters =
                Map.of(
                        "ignore_unavailable", "true",
                        "allow_partial_search_results", "false",
                        "search_type", "dfs_query_then_fetch",
                        "preference", "q" + asked.words().text().hashCode(),
                        "cancel_after_time_interval", home.timeout().toMillis() + "ms");
        return home.send("POST", "/" + alias + "/_search", parameters, body).good();
    }

    private List<Object> orders(List<SearchQuery.Order> asked) {
        List<Object> orders = new ArrayList<>();
        for (SearchQuery.Order order : asked) {
            fields.indexed(
                            order.field(),
                            "sorting",
                            Kind.KEYWORDS,
                            Kind.NUMBER,
                            Kind.TIME,
                            Kind.FLAG)
                    .ifPresent(_ -> orders.add(order(order)));
        }
        orders.add("_score");
        orders.add(Map.of(StoredDocument.ID, "asc"));
        return orders;
    }

    private static Map<String, Object> order(SearchQuery.Order order) {
        return Map.of(
                StoredDocument.path(order.field()),
                Map.of(
                        "order", order.descending() ? "desc" : "asc",
                        "mode", "min",
                        "missing", "_last"));
    }

    private Map<String, Object> facets(Map<String, Integer> asked) {
        Map<String, Object> facets = new LinkedHashMap<>();
        asked.forEach(
                (field, most) ->
                        fields.indexed(field, "a facet", Kind.KEYWORDS, Kind.FLAG)
                                .ifPresent(
                                        _ ->
                                                facets.put(
                                                        field,
                                                        Map.of(
                                                                "terms",
                                                                Map.of(
                                                                        "field",
                                                                        StoredDocument.path(field),
                                                                        "size",
                                                                        most)))));
        return facets;
    }

    private Map<String, Object> highlights(Map<String, Object> text, List<String> asked) {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (String field : asked) {
            fields.indexed(field, "highlighting", Kind.TEXT)
                    .ifPresent(_ -> shown.put(StoredDocument.path(field), Map.of()));
        }
        return Map.of(
                "type",
                "unified",
                "encoder",
                "html",
                "pre_tags",
                List.of("<em>"),
                "post_tags",
                List.of("</em>"),
                "number_of_fragments",
                PARTS_MAX,
                "max_analyzer_offset",
                CHARACTERS_MAX,
                "highlight_query",
                text,
                "fields",
                shown);
    }
}
