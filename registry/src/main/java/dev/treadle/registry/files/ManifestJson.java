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
import java.util.Optional;
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
        manifest.triggers().forEach(trigger -> triggers.add(trigger(trigger)));
        return json;
    }

    static Manifest read(JsonNode json) {
        JsonNode limits = json.required("limits");
        Map<String, String> config = new LinkedHashMap<>();
        json.required("config").forEachEntry((key, value) -> config.put(key, value.stringValue()));
        List<TriggerSpec> triggers = new ArrayList<>();
        json.required("triggers").forEach(trigger -> triggers.add(http(trigger.required("http"))));
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
                triggers);
    }

    private static ObjectNode trigger(TriggerSpec trigger) {
        ObjectNode json = object();
        switch (trigger) {
            case TriggerSpec.Http http -> json.set("http", http(http));
        }
        return json;
    }

    private static ObjectNode http(TriggerSpec.Http http) {
        ObjectNode json = object();
        json.put("path", http.path());
        json.set("methods", texts(http.methods()));
        http.cors().ifPresent(cors -> json.set("cors", cors(cors)));
        return json;
    }

    private static TriggerSpec.Http http(JsonNode json) {
        return new TriggerSpec.Http(
                json.required("path").stringValue(),
                texts(json.required("methods")),
                Optional.ofNullable(json.get("cors")).map(ManifestJson::cors));
    }

    private static ObjectNode cors(TriggerSpec.Cors cors) {
        ObjectNode json = object();
        json.set("origins", texts(cors.origins()));
        json.set("methods", texts(cors.methods()));
        json.set("headers", texts(cors.headers()));
        json.set("expose", texts(cors.expose()));
        json.put("credentials", cors.credentials());
        json.put("maxAge", cors.maxAge().toString());
        return json;
    }

    private static TriggerSpec.Cors cors(JsonNode json) {
        return new TriggerSpec.Cors(
                texts(json.required("origins")),
                texts(json.required("methods")),
                texts(json.required("headers")),
                texts(json.required("expose")),
                json.required("credentials").booleanValue(),
                duration(json.required("maxAge")));
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        texts.forEach(json::add);
        return json;
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    private static Duration duration(JsonNode json) {
        return Duration.parse(json.stringValue());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
