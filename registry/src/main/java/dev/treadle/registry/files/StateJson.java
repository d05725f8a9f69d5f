package dev.treadle.registry.files;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
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

    /** {@code function.json} before the releases that it names are read. */
    record Head(
            int next,
            List<Integer> releases,
            SortedMap<String, Split> aliases,
            Optional<Split> previous) {}

    static byte[] write(FunctionName name, FunctionState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("function", name.value());
        json.put("next", state.next());
        state.deployed().ifPresent(deployed -> write(deployed, json));
        return MAPPER.writeValueAsBytes(json);
    }

    private static void write(DeployedFunction deployed, ObjectNode json) {
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

    static byte[] write(Release release) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("number", release.number());
        json.put("artifact", release.artifact().hex());
        json.put("created", release.created().toString());
        json.set("manifest", ManifestJson.write(release.manifest()));
        return MAPPER.writeValueAsBytes(json);
    }

    static Head readHead(FunctionName name, byte[] bytes) {
        JsonNode json = document(bytes);
        require(
                json.required("function").stringValue().equals(name.value()),
                "it is another function's");
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

    static Release readRelease(FunctionName name, int number, byte[] bytes) {
        JsonNode json = document(bytes);
        Release release =
                new Release(
                        json.required("number").intValue(),
                        ManifestJson.read(json.required("manifest")),
                        new Digest(json.required("artifact").stringValue()),
                        Instant.parse(json.required("created").stringValue()));
        require(release.number() == number, "it is another release's");
        require(release.function().equals(name), "it is another function's");
        return release;
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

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
