package dev.treadle.registry.files;

import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A manifest as the store keeps it: every value, in units that never change. */
final class ManifestJson {
    private ManifestJson() {}

    static ObjectNode write(Manifest manifest) {
        ObjectNode json = object();
        json.put("name", manifest.name().value());
        json.put("entry", manifest.entry());
        ObjectNode limits = json.putObject("limits");
        limits.put("timeout", manifest.limits().timeout().toString());
        limits.put("stream", manifest.limits().stream().toString());
        limits.put("concurrency", manifest.limits().concurrency());
        limits.put("queue", manifest.limits().queue());
        limits.put("payloadBytes", manifest.limits().payloadBytes());
        ObjectNode config = json.putObject("config");
        manifest.config().forEach(config::put);
        json.set("secrets", texts(manifest.secrets()));
        ArrayNode triggers = json.putArray("triggers");
        manifest.triggers().forEach(trigger -> triggers.add(TriggerJson.write(trigger)));
        json.set("calls", texts(manifest.calls()));
        json.set("requires", RequiresJson.write(manifest.requires()));
        json.set("bindings", BindingsJson.write(manifest.bindings()));
        return json;
    }

    static Manifest read(JsonNode json) {
        JsonNode limits = json.required("limits");
        Map<String, String> config = new LinkedHashMap<>();
        json.required("config").forEachEntry((key, value) -> config.put(key, value.stringValue()));
        List<TriggerSpec> triggers = new ArrayList<>();
        json.required("triggers").forEach(trigger -> triggers.add(TriggerJson.read(trigger)));
        return new Manifest(
                new FunctionName(json.required("name").stringValue()),
                json.required("entry").stringValue(),
                new Limits(
                        duration(limits.required("timeout")),
                        duration(limits.required("stream")),
                        limits.required("concurrency").intValue(),
                        limits.required("queue").intValue(),
                        limits.required("payloadBytes").longValue()),
                config,
                texts(json.required("secrets")),
                triggers,
                texts(json.path("calls")), // not there in what a former version wrote
                RequiresJson.read(json.path("requires")),
                BindingsJson.read(json.path("bindings")));
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        texts.forEach(json::add);
        return json;
    }

    static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    static Duration duration(JsonNode json) {
        return Duration.parse(json.stringValue());
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
