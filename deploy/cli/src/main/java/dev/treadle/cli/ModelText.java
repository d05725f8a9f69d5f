package dev.treadle.cli;

import dev.treadle.cli.console.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Models of the admin API as people read them. */
final class ModelText {
    private ModelText() {}

    /** A line for each: {@code Input pixels: float[batch, 64]}. */
    static List<String> tensors(String word, JsonNode tensors) {
        return tensors.valueStream()
                .map(
                        tensor ->
                                "%-8s %s: %s[%s]"
                                        .formatted(
                                                word,
                                                tensor.path("name").asString(""),
                                                tensor.path("type").asString(""),
                                                String.join(", ", texts(tensor.path("shape")))))
                .toList();
    }

    static List<String> detail(JsonNode model) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Model    %s@v%d"
                        .formatted(model.path("name").asString(""), model.path("shown").asInt()));
        lines.add("Live     " + Texts.weights(model.path("live")));
        lines.add("Used by  " + Texts.joined(model.path("functions")));
        lines.addAll(tensors("Input", model.path("inputs")));
        lines.addAll(tensors("Output", model.path("outputs")));
        model.path("metadata")
                .properties()
                .forEach(
                        entry ->
                                lines.add(
                                        "Metadata %s: %s"
                                                .formatted(
                                                        entry.getKey(),
                                                        entry.getValue().asString(""))));
        return lines;
    }

    static Table releases(JsonNode releases) {
        Table table =
                new Table("RELEASE", "ALIASES", "STATE", "CREATED", "SIZE", "CALLS", "ARTIFACT");
        for (JsonNode release : releases) {
            table.row(
                    "v" + release.path("number").asInt(0),
                    Texts.joined(release.path("aliases")),
                    release.path("state").asString("-"),
                    Texts.time(release.path("created").asString("")),
                    Texts.size(release.path("bytes").asLong(0)),
                    calls(release),
                    Texts.digest(release.path("artifact")));
        }
        return table;
    }

    /** {@code 840 in 112 runs}. */
    private static String calls(JsonNode release) {
        return release.has("calls")
                ? "%d in %d runs"
                        .formatted(release.path("calls").asLong(), release.path("runs").asLong())
                : "-";
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(text -> text.asString("")).toList();
    }
}
