package dev.treadle.inference;

import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import dev.treadle.registry.ModelDescription;
import dev.treadle.registry.TensorInfo;
import java.util.List;

/** What the registry knows of a model, in the words of the function author's API. */
public final class Signatures {
    private Signatures() {}

    /** What a model takes and gives. */
    public static ModelSignature of(ModelDescription description) {
        return new ModelSignature(specs(description.inputs()), specs(description.outputs()));
    }

    private static List<TensorSpec> specs(List<TensorInfo> tensors) {
        return tensors.stream()
                .map(
                        tensor ->
                                new TensorSpec(
                                        tensor.name(),
                                        ElementType.of(tensor.type()).orElseThrow(),
                                        tensor.shape().stream()
                                                .map(Signatures::dimension)
                                                .toList()))
                .toList();
    }

    private static Dimension dimension(String text) {
        if (!TensorInfo.varies(text)) {
            return Dimension.of(Long.parseLong(text));
        }
        return Dimension.varying(text.equals(TensorInfo.UNNAMED) ? "" : text);
    }
}
