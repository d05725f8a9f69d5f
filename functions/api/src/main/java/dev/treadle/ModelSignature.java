package dev.treadle;

import java.util.List;
import java.util.Optional;

/**
 * What a model takes and gives.
 *
 * @param inputs in the model's order
 * @param outputs in the model's order
 */
public record ModelSignature(List<TensorSpec> inputs, List<TensorSpec> outputs) {
    public ModelSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The input of that name. */
    public Optional<TensorSpec> input(String name) {
        return named(inputs, name);
    }

    /** The output of that name. */
    public Optional<TensorSpec> output(String name) {
        return named(outputs, name);
    }

    private static Optional<TensorSpec> named(List<TensorSpec> tensors, String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** {@code (pixels: float[batch, 64]) -> (scores: float[batch, 3])}. */
    @Override
    public String toString() {
        return "(%s) -> (%s)".formatted(text(inputs), text(outputs));
    }

    private static String text(List<TensorSpec> tensors) {
        return String.join(", ", tensors.stream().map(TensorSpec::toString).toList());
    }
}
