package dev.treadle.registry.manifest;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.ColumnType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A binding's keys and values as YAML has them. */
final class BindingFields {
    private BindingFields() {}

    static Map<String, String> of(BindingSpec binding) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(binding.kind(), YamlText.scalar(binding.target()));
        switch (binding) {
            case BindingSpec.Kv kv -> {
                kv.ttl().ifPresent(ttl -> fields.put("ttl", DurationText.format(ttl)));
                kv.cached().ifPresent(age -> fields.put("cached", DurationText.format(age)));
            }
            case BindingSpec.Search _ -> {}
            case BindingSpec.Model model ->
                    model.batchMax()
                            .ifPresent(max -> fields.put("batch", "{max: %d}".formatted(max)));
            case BindingSpec.Table table -> table(table, fields);
            case BindingSpec.Blobs blobs ->
                    blobs.created()
                            .ifPresent(subject -> fields.put("created", YamlText.scalar(subject)));
            case BindingSpec.Vectors vectors -> {
                fields.put("dimensions", Integer.toString(vectors.dimensions()));
                fields.put("distance", vectors.distance().word());
            }
        }
        return fields;
    }

    private static void table(BindingSpec.Table table, Map<String, String> fields) {
        fields.put("key.partition", columns(table.columns().partition()));
        if (!table.columns().clustering().isEmpty()) {
            fields.put("key.clustering", columns(table.columns().clustering()));
        }
        table.columns()
                .columns()
                .forEach(
                        (name, type) ->
                                fields.put("columns." + YamlText.scalar(name), type.word()));
        table.ttl().ifPresent(ttl -> fields.put("ttl", DurationText.format(ttl)));
    }

    private static String columns(Map<String, ColumnType> columns) {
        return columns.entrySet().stream()
                .map(each -> YamlText.scalar(each.getKey()) + ": " + each.getValue().word())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
