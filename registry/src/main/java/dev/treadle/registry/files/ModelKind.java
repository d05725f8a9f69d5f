package dev.treadle.registry.files;

import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_MODEL;

import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.ModelDescription;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Split;
import dev.treadle.registry.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models: a release holds what is in its file. */
final class ModelKind implements Kind<ModelRelease, DeployedModel> {
    @Override
    public String word() {
        return "model";
    }

    @Override
    public String remedy(String name) {
        return "push the model %s anew".formatted(name);
    }

    @Override
    public RegistryException unknown(String name) {
        return new RegistryException(UNKNOWN_MODEL, "there is no model " + name);
    }

    @Override
    public DeployedModel of(
            String name,
            SortedMap<Integer, ModelRelease> releases,
            SortedMap<String, Split> aliases,
            Optional<Split> previous) {
        return new DeployedModel(new ModelName(name), releases, aliases, previous);
    }

    @Override
    public void write(ModelRelease release, ObjectNode json) {
        ModelDescription description = release.description();
        json.put("model", release.model().value());
        json.put("bytes", description.bytes());
        tensors(description.inputs(), json.putArray("inputs"));
        tensors(description.outputs(), json.putArray("outputs"));
        ObjectNode metadata = json.putObject("metadata");
        description.metadata().forEach(metadata::put);
    }

    @Override
    public ModelRelease read(String name, JsonNode json) {
        StateJson.require(
                json.required("model").stringValue().equals(name), "it is another model's");
        Map<String, String> metadata = new TreeMap<>();
        json.required("metadata")
                .forEachEntry((key, value) -> metadata.put(key, value.stringValue()));
        ModelDescription description =
                new ModelDescription(
                        tensors(json.required("inputs")),
                        tensors(json.required("outputs")),
                        metadata,
                        json.required("bytes").longValue());
        return new ModelRelease(
                new ModelName(name),
                StateJson.number(json),
                StateJson.artifact(json),
                description,
                StateJson.created(json));
    }

    private static void tensors(List<TensorInfo> tensors, ArrayNode json) {
        for (TensorInfo tensor : tensors) {
            ObjectNode fields = json.addObject();
            fields.put("name", tensor.name());
            fields.put("type", tensor.type());
            fields.set("shape", ManifestJson.texts(tensor.shape()));
        }
    }

    private static List<TensorInfo> tensors(JsonNode json) {
        List<TensorInfo> tensors = new ArrayList<>();
        for (JsonNode fields : json) {
            tensors.add(
                    new TensorInfo(
                            fields.required("name").stringValue(),
                            fields.required("type").stringValue(),
                            ManifestJson.texts(fields.required("shape"))));
        }
        return tensors;
    }
}
