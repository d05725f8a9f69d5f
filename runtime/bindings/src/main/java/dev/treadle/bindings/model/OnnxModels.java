package dev.treadle.bindings.model;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Invocation;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.inference.Inference;
import dev.treadle.inference.InferenceFailed;
import dev.treadle.inference.Signatures;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRelease;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The node's own models, by ONNX Runtime in its process. */
public final class OnnxModels implements ModelProvider {
    private final Inference inference;

    /**
     * @param inference stays open when this is closed
     */
    public OnnxModels(Inference inference) {
        this.inference = inference;
    }

    @Override
    public String text() {
        return "onnxruntime in the node";
    }

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public Optional<String> trouble(String model) {
        try {
            inference.live(new ModelName(model), "");
            return Optional.empty();
        } catch (InferenceFailed e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public Chosen choose(String model, Invocation call) {
        try {
            ModelRelease release = inference.live(new ModelName(model), call.id());
            return new Release(inference, release, Signatures.of(release.description()));
        } catch (InferenceFailed e) {
            throw failure(e);
        }
    }

    private record Release(Inference inference, ModelRelease release, ModelSignature signature)
            implements Chosen {
        @Override
        public Map<String, Tensor> run(
                Map<String, Tensor> inputs, int batchMax, Duration patience) {
            try {
                return inference.run(release, inputs, batchMax, patience);
            } catch (InferenceFailed e) {
                throw failure(e);
            }
        }
    }

    private static StoreFailure failure(InferenceFailed e) {
        Reason reason =
                switch (e.reason()) {
                    case UNKNOWN, EXPIRED -> Reason.UNAVAILABLE;
                    case BUSY -> Reason.BUSY;
                    case UNLOADABLE, FAILED -> Reason.FAILED;
                };
        return new StoreFailure(reason, String.valueOf(e.getMessage()), e);
    }

    @Override
    public void close() {}
}
