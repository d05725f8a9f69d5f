package dev.treadle.cli;

import dev.treadle.cli.console.Documents;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.registry.manifest.ManifestReader;
import dev.treadle.registry.manifest.ParsedManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a {@link TestNode} knows of a function, and the documents about it. */
final class TestFunctionState {
    private final String name;
    private final List<ObjectNode> releases = new ArrayList<>();
    private final Map<String, ObjectNode> aliases = new TreeMap<>();
    private final Map<String, String> paused = new TreeMap<>();
    private String manifest = "";
    private int previous;

    TestFunctionState(String name) {
        this.name = name;
    }

    void release(JsonNode deploy, String entry) {
        previous = releases.size();
        manifest = deploy.path("manifest").asString("");
        int number = releases.size() + 1;
        releases.add(
                Documents.object()
                        .put("number", number)
                        .put("artifact", deploy.path("artifact").asString(""))
                        .put("created", "2026-11-01T12:00:00Z")
                        .put("entry", entry)
                        .put("state", "loaded"));
        aliases.put(deploy.path("alias").asString("live"), weights(number));
    }

    int releases() {
        return releases.size();
    }

    String newestArtifact() {
        return releases.getLast().path("artifact").asString("");
    }

    String manifest() {
        return manifest;
    }

    void rollBack(JsonNode release) {
        alias("live", weights(release.asInt(previous)));
    }

    void alias(String alias, ObjectNode weights) {
        aliases.put(alias, weights);
    }

    void removeAlias(String alias) {
        aliases.remove(alias);
    }

    ObjectNode pause(String trigger, JsonNode why) {
        paused.put(
                trigger,
                "paused by %s: %s"
                        .formatted(why.path("by").asString(""), why.path("reason").asString("-")));
        return trigger(trigger);
    }

    ObjectNode resume(String trigger) {
        paused.remove(trigger);
        return trigger(trigger);
    }

    private ObjectNode trigger(String trigger) {
        return (ObjectNode)
                triggers(1)
                        .path("triggers")
                        .valueStream()
                        .filter(one -> one.path("name").asString("").equals(trigger))
                        .findFirst()
                        .orElseThrow();
    }

    /** Schedules tick at midnight on each first of a month. */
    ObjectNode triggers(int ticks) {
        ObjectNode document = Documents.object();
        ArrayNode array = document.putArray("triggers");
        if (ManifestReader.read(manifest) instanceof ParsedManifest.Valid(var read, _)) {
            read.namedTriggers()
                    .forEach((trigger, spec) -> describe(array.addObject(), trigger, spec, ticks));
        }
        return document;
    }

    private void describe(ObjectNode document, String trigger, TriggerSpec spec, int ticks) {
        boolean isPaused = paused.containsKey(trigger);
        document.put("name", trigger);
        document.put("kind", spec.kind()).put("source", "the " + spec.kind());
        document.put("state", isPaused ? "paused" : "active");
        document.put("reason", paused.get(trigger));
        ArrayNode next = document.putArray("next");
        boolean moves = spec.kind().equals("schedule") && !isPaused;
        for (int i = 1; moves && i <= ticks; i++) {
            next.add("2026-%02d-01T00:00:00Z".formatted(i));
        }
    }

    ObjectNode summary() {
        ObjectNode document = Documents.object().put("name", name);
        document.set("live", aliases.getOrDefault("live", Documents.object()));
        ObjectNode shown = document.putObject("aliases");
        aliases.forEach(shown::set);
        document.put("newest", releases.size());
        document.putArray("urls").add("http://127.0.0.1:8080/" + name);
        document.put("updated", "2026-11-01T12:00:00Z");
        return document;
    }

    ObjectNode detail() {
        ObjectNode document = summary();
        document.putObject("callable").put("now", true).put("reason", "loaded");
        ObjectNode route = document.putArray("routes").addObject().put("path", "/" + name);
        route.put("url", "http://127.0.0.1:8080/" + name).putArray("methods");
        document.set("releases", releaseList().path("releases"));
        document.put("manifest", manifest);
        document.putArray("missingSecrets").add("API_KEY");
        document.put("subject", "fn." + name);
        ArrayNode calls = document.putArray("calls");
        calls.addObject().put("function", "price").put("exists", true);
        calls.addObject().put("function", "tax").put("exists", false);
        document.putObject("stats")
                .put("invocations", 3)
                .put("errors", 1)
                .put("timeouts", 0)
                .put("refused", 0)
                .put("inFlight", 0)
                .put("waiting", 0)
                .put("p50Micros", 840)
                .put("p99Micros", 12_300);
        return document;
    }

    ObjectNode releaseList() {
        ObjectNode document = Documents.object();
        ArrayNode all = document.putArray("releases");
        releases.reversed().forEach(all::add);
        return document;
    }

    private static ObjectNode weights(int release) {
        return Documents.object().put(String.valueOf(release), 100);
    }
}
