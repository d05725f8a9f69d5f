package dev.treadle.server.oip;

import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.inference.Inference;
import dev.treadle.inference.InferenceFailed;
import dev.treadle.inference.InputCheck;
import dev.treadle.inference.Signatures;
import dev.treadle.protocols.tensors.Datatypes;
import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.registry.ModelRelease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The node's models in the protocol's words; a release's number is a version. */
final class OipModels {
    static final String PLATFORM = "onnxruntime_onnx";

    private static final InputCheck WORDS = new InputCheck(Datatypes::of);

    private final ModelRegistry registry;
    private final Inference inference;

    OipModels(ModelRegistry registry, Inference inference) {
        this.registry = registry;
        this.inference = inference;
    }

    /**
     * The release that is asked for, or what is live.
     *
     * @throws OipError when it is not there
     */
    ModelRelease release(String name, Optional<String> version) {
        if (!ModelName.isLegal(name)) {
            throw new OipError(404, "there is no model '%s'".formatted(name));
        }
        ModelName model = new ModelName(name);
        try {
            return version.isPresent()
                    ? inference.release(model, number(name, version.get()))
                    : inference.live(model, UUID.randomUUID().toString());
        } catch (InferenceFailed e) {
            throw new OipError(404, String.valueOf(e.getMessage()));
        }
    }

    private static int number(String name, String version) {
        try {
            return Integer.parseInt(version);
        } catch (NumberFormatException e) {
            throw new OipError(404, "the model %s has no version '%s'".formatted(name, version));
        }
    }

    Description describe(ModelRelease release) {
        return new Description(
                release.model().value(),
                registry.model(release.model()).map(DeployedModel::releases).stream()
                        .flatMap(releases -> releases.keySet().stream())
                        .map(String::valueOf)
                        .toList(),
                Signatures.of(release.description()));
    }

    /**
     * What the protocol tells of a model.
     *
     * @param versions of all its releases
     */
    record Description(String name, List<String> versions, ModelSignature signature) {}

    Map<String, Tensor> run(ModelRelease release, Map<String, Tensor> inputs, Duration patience) {
        try {
            return inference.run(release, inputs, 0, patience);
        } catch (TensorMismatch e) {
            throw OipError.bad(
                    "the model %s: %s".formatted(release.model(), mismatch(release, inputs, e)));
        } catch (InferenceFailed e) {
            int status =
                    switch (e.reason()) {
                        case UNKNOWN -> 404;
                        case BUSY -> 503;
                        case EXPIRED -> 504;
                        case UNLOADABLE, FAILED -> 500;
                    };
            throw new OipError(
                    status, "the model %s: %s".formatted(release.model(), e.getMessage()));
        }
    }

    /** What does not fit, with the protocol's words for types instead of ours. */
    private static String mismatch(
            ModelRelease release, Map<String, Tensor> inputs, TensorMismatch ours) {
        try {
            WORDS.require(Signatures.of(release.description()), inputs);
            return String.valueOf(ours.getMessage());
        } catch (TensorMismatch theirs) {
            return String.valueOf(theirs.getMessage());
        }
    }
}
