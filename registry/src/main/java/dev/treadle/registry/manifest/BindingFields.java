package dev.treadle.registry.manifest;

import dev.treadle.registry.BindingSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** A binding's keys and values as YAML has them. */
final class BindingFields {
    private BindingFields() {}

    static Map<String, String> of(BindingSpec binding) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(binding.kind(), YamlText.scalar(binding.target()));
        switch (binding) {
            case BindingSpec.Kv kv ->
                    kv.ttl().ifPresent(ttl -> fields.put("ttl", DurationText.format(ttl)));
            case BindingSpec.Search _ -> {}
            case BindingSpec.Model model ->
                    model.batchMax()
                            .ifPresent(max -> fields.put("batch", "{max: %d}".formatted(max)));
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
}
