package dev.treadle.registry.files;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.ColumnType;
import dev.treadle.registry.TableColumns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a function uses of the platform, as the store keeps it. */
final class BindingsJson {
    private BindingsJson() {}

    static ObjectNode write(Map<String, BindingSpec> bindings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        bindings.forEach((name, binding) -> write(binding, json.putObject(name)));
        return json;
    }

    private static void write(BindingSpec binding, ObjectNode json) {
        json.put("kind", binding.kind());
        switch (binding) {
            case BindingSpec.Kv(String store, var ttl, var cached) -> {
                json.put("store", store);
                ttl.ifPresent(each -> json.put("ttl", each.toString()));
                cached.ifPresent(each -> json.put("cached", each.toString()));
            }
            case BindingSpec.Search(String store) -> json.put("store", store);
            case BindingSpec.Model(String model, var batchMax) -> {
                json.put("model", model);
                batchMax.ifPresent(max -> json.put("batchMax", max));
            }
            case BindingSpec.Table(String table, var columns, var ttl) -> {
                json.put("table", table);
                json.set("partition", columns(columns.partition()));
                json.set("clustering", columns(columns.clustering()));
                json.set("columns", columns(columns.columns()));
                ttl.ifPresent(each -> json.put("ttl", each.toString()));
            }
            case BindingSpec.Blobs(String store, var created) -> {
                json.put("store", store);
                created.ifPresent(each -> json.put("created", each));
            }
            case BindingSpec.Vectors(String store, int dimensions, var distance) ->
                    json.put("store", store)
                            .put("dimensions", dimensions)
                            .put("distance", distance.name());
        }
    }

    private static ObjectNode columns(Map<String, ColumnType> columns) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        columns.forEach((name, type) -> json.put(name, type.name()));
        return json;
    }

    private static Map<String, ColumnType> columns(JsonNode json) {
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        json.forEachEntry(
                (name, type) -> columns.put(name, ColumnType.valueOf(type.stringValue())));
        return columns;
    }

    /** Manifests of before there was the key have none. */
    static Map<String, BindingSpec> read(JsonNode json) {
        Map<String, BindingSpec> bindings = new LinkedHashMap<>();
        json.forEachEntry((name, binding) -> bindings.put(name, binding(binding)));
        return bindings;
    }

    private static BindingSpec binding(JsonNode json) {
        String kind = json.required("kind").stringValue();
        return switch (kind) {
            case "kv" ->
                    new BindingSpec.Kv(
                            json.required("store").stringValue(),
                            Optional.ofNullable(json.get("ttl")).map(ManifestJson::duration),
                            Optional.ofNullable(json.get("cached")).map(ManifestJson::duration));
            case "search" -> new BindingSpec.Search(json.required("store").stringValue());
            case "model" ->
                    new BindingSpec.Model(
                            json.required("model").stringValue(),
                            json.has("batchMax")
                                    ? OptionalInt.of(json.required("batchMax").intValue())
                                    : OptionalInt.empty());
            case "table" ->
                    new BindingSpec.Table(
                            json.required("table").stringValue(),
                            new TableColumns(
                                    columns(json.required("partition")),
                                    columns(json.required("clustering")),
                                    columns(json.required("columns"))),
                            Optional.ofNullable(json.get("ttl")).map(ManifestJson::duration));
            case "blobs" ->
                    new BindingSpec.Blobs(
                            json.required("store").stringValue(),
                            Optional.ofNullable(json.get("created")).map(JsonNode::stringValue));
            case "vectors" ->
                    new BindingSpec.Vectors(
                            json.required("store").stringValue(),
                            json.required("dimensions").intValue(),
                            BindingSpec.Distance.valueOf(json.required("distance").stringValue()));
            default -> throw new IllegalArgumentException("no kind of binding: " + kind);
        };
    }
}
