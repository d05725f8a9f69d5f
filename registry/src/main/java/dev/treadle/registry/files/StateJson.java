package dev.treadle.registry.files;

import dev.treadle.registry.Digest;
import dev.treadle.registry.Split;
import dev.treadle.registry.Version;
import dev.treadle.registry.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of the store's files. Reading throws an unchecked exception for what is none of ours.
 */
final class StateJson {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    private StateJson() {}

    /** {@code function.json} or {@code model.json}, before the releases that it names are read. */
    record Head(
            int next,
            List<Integer> releases,
            SortedMap<String, Split> aliases,
            Optional<Split> previous) {}

    static byte[] write(String word, String name, SlotState<?> state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put(word, name);
        json.put("next", state.next());
        state.deployed().ifPresent(deployed -> write(deployed, json));
        return MAPPER.writeValueAsBytes(json);
    }

    private static void write(Versioned<?> deployed, ObjectNode json) {
        var releases = json.putArray("releases");
        deployed.releases().keySet().forEach(releases::add);
        ObjectNode aliases = json.putObject("aliases");
        deployed.aliases().forEach((alias, split) -> aliases.set(alias, write(split)));
        deployed.previous().ifPresent(split -> json.set("previous", write(split)));
    }

    private static ObjectNode write(Split split) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        split.weights().forEach((release, weight) -> json.put(release.toString(), weight));
        return json;
    }

    static <R extends Version> byte[] write(Kind<R, ?> kind, R release) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("number", release.number());
        json.put("artifact", release.artifact().hex());
        json.put("created", release.created().toString());
        kind.write(release, json);
        return MAPPER.writeValueAsBytes(json);
    }

    static Head readHead(String word, String name, byte[] bytes) {
        JsonNode json = document(bytes);
        require(
                json.required(word).stringValue().equals(name),
                "it is another %s's".formatted(word));
        List<Integer> releases = new ArrayList<>();
        json.path("releases").forEach(number -> releases.add(number.intValue()));
        SortedMap<String, Split> aliases = new TreeMap<>();
        json.path("aliases").forEachEntry((alias, split) -> aliases.put(alias, readSplit(split)));
        int next = json.required("next").intValue();
        require(
                releases.stream().allMatch(number -> number < next),
                "it names a release that it has not counted");
        return new Head(
                next,
                releases,
                aliases,
                Optional.ofNullable(json.get("previous")).map(StateJson::readSplit));
    }

    private static Split readSplit(JsonNode json) {
        SortedMap<Integer, Integer> weights = new TreeMap<>();
        json.forEachEntry(
                (release, weight) -> weights.put(Integer.valueOf(release), weight.intValue()));
        return new Split(weights);
    }

    static <R extends Version> R readRelease(
            Kind<R, ?> kind, String name, int number, byte[] bytes) {
        R release = kind.read(name, document(bytes));
        require(release.number() == number, "it is another release's");
        return release;
    }

    static int number(JsonNode json) {
        return json.required("number").intValue();
    }

    static Digest artifact(JsonNode json) {
        return new Digest(json.required("artifact").stringValue());
    }

    static Instant created(JsonNode json) {
        return Instant.parse(json.required("created").stringValue());
    }

    private static JsonNode document(byte[] bytes) {
        JsonNode json = read(bytes);
        require(json.isObject(), "it holds no JSON object");
        int format = json.required("format").intValue();
        require(format == FORMAT, "its format is " + format + ", this version reads " + FORMAT);
        return json;
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
