package dev.treadle.bindings.search.opensearch;

import dev.treadle.bindings.search.Kind;
import dev.treadle.bindings.search.Schema;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A store's fields as mappings of an index. Each kind has a type of its own, and a field with
 * vectors a constant that says how many dimensions they have: the server lets nobody change either.
 */
final class IndexFields {
    /** What the dimensions of fields with vectors stand under. */
    private static final String DIMENSIONS = "d";

    private static final String ANALYZER = "words";

    private IndexFields() {}

    /** An index without fields. Text is divided as an embedded store divides it. */
    static Map<String, Object> empty(String alias) {
        Map<String, Object> analyzer =
                Map.of(
                        "type", "custom",
                        "tokenizer", "standard",
                        "filter", new String[] {"lowercase", "asciifolding"});
        return Map.of(
                "aliases",
                Map.of(alias, Map.of("is_write_index", true)),
                "settings",
                Map.of(
                        "index.auto_expand_replicas",
                        "0-1",
                        "index.refresh_interval",
                        "500ms",
                        "index.mapping.total_fields.limit",
                        3 * Schema.FIELDS_MAX,
                        "analysis",
                        Map.of("analyzer", Map.of(ANALYZER, analyzer))),
                "mappings",
                Map.of(
                        "dynamic",
                        "strict",
                        "properties",
                        Map.of(
                                StoredDocument.ID,
                                type("keyword"),
                                StoredDocument.NAMES,
                                type("keyword"),
                                StoredDocument.FIELDS,
                                Map.of("properties", Map.of()),
                                DIMENSIONS,
                                Map.of("properties", Map.of()))));
    }

    /** What is to be added to an index for these fields, as {@link Schema#kept} has them. */
    static Map<String, Object> mapping(Map<String, String> fields) {
        Map<String, Object> types = new HashMap<>();
        Map<String, Object> dimensions = new HashMap<>();
        fields.forEach(
                (field, kept) -> {
                    String[] words = kept.split(" ", -1);
                    types.put(field, mapping(Kind.valueOf(words[0])));
                    if (words.length > 1) {
                        dimensions.put(
                                field, Map.of("type", "constant_keyword", "value", words[1]));
                    }
                });
        return Map.of(
                "properties",
                Map.of(
                        StoredDocument.FIELDS,
                        Map.of("properties", types),
                        DIMENSIONS,
                        Map.of("properties", dimensions)));
    }

    private static Map<String, Object> mapping(Kind kind) {
        return switch (kind) {
            case TEXT -> Map.of("type", type(kind), "analyzer", ANALYZER);
            case VECTOR -> Map.of("type", type(kind), "doc_values", true);
            case KEYWORDS, NUMBER, TIME, FLAG -> type(type(kind));
        };
    }

    private static Map<String, Object> type(String name) {
        return Map.of("type", name);
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case KEYWORDS -> "keyword";
            case NUMBER -> "double";
            case TIME -> "long";
            case FLAG -> "boolean";
            case VECTOR -> "binary";
        };
    }

    /** Reads the fields of an index out of what the server says of its mappings. */
    static Schema read(JsonNode mappings) {
        JsonNode properties = mappings.path("properties");
        JsonNode dimensions = properties.path(DIMENSIONS).path("properties");
        Map<String, String> kept = new HashMap<>();
        properties
                .path(StoredDocument.FIELDS)
                .path("properties")
                .forEachEntry(
                        (field, mapping) ->
                                kept.put(
                                        field,
                                        kept(
                                                mapping.path("type").asString(),
                                                dimensions
                                                        .path(field)
                                                        .path("value")
                                                        .asString(""))));
        return Schema.read(kept);
    }

    private static String kept(String type, String dimensions) {
        for (Kind kind : Kind.values()) {
            if (type(kind).equals(type)) {
                return kind.name() + (dimensions.isEmpty() ? "" : " " + dimensions);
            }
        }
        throw new IllegalStateException("no field of ours has the type " + type);
    }
}
