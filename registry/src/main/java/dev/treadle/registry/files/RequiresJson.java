package dev.treadle.registry.files;

import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Requirement;
import dev.treadle.registry.Requirement.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a function depends on, as the store keeps it. */
final class RequiresJson {
    private RequiresJson() {}

    static ArrayNode write(List<Requirement> requires) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Requirement each : requires) {
            ObjectNode item = json.addObject();
            item.put("kind", each.target().kind());
            item.put("target", each.target().value());
            item.put("interval", each.interval().toString());
            item.put("timeout", each.timeout().toString());
            item.put("failures", each.failures());
        }
        return json;
    }

    /** Manifests of before there was the key have none. */
    static List<Requirement> read(JsonNode json) {
        List<Requirement> requires = new ArrayList<>();
        for (JsonNode item : json) {
            requires.add(
                    new Requirement(
                            target(
                                    item.required("kind").stringValue(),
                                    item.required("target").stringValue()),
                            ManifestJson.duration(item.required("interval")),
                            ManifestJson.duration(item.required("timeout")),
                            item.required("failures").intValue()));
        }
        return requires;
    }

    private static Target target(String kind, String value) {
        int colon = value.lastIndexOf(':');
        return switch (kind) {
            case "http" -> new Target.Http(URI.create(value));
            case "tcp" ->
                    new Target.Tcp(
                            value.substring(0, colon),
                            Integer.parseInt(value.substring(colon + 1)));
            case "function" -> new Target.Function(new FunctionName(value));
            default -> throw new IllegalArgumentException("no kind of dependency: " + kind);
        };
    }
}
