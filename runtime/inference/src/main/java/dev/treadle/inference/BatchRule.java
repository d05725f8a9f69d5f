package dev.treadle.inference;

import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which calls of a model may run as one: those whose tensors differ in their first dimension only,
 * where that is the batch. Pure.
 *
 * @param possible whether the first dimension of every input and output varies, so that it may be
 *     the batch
 * @param named the one name of all those, by which the model says that they are the same
 * @param alike whether calls never differ in another dimension, so that all fit together
 */
record BatchRule(boolean possible, Optional<String> named, boolean alike) {
    /** Rows of a batch where the binding does not say how many. */
    static final int USUAL_MAX = 32;

    static BatchRule of(ModelSignature signature) {
        List<TensorSpec> all =
                Stream.concat(signature.inputs().stream(), signature.outputs().stream()).toList();
        boolean possible =
                !signature.inputs().isEmpty()
                        && all.stream()
                                .allMatch(
                                        tensor ->
                                                !tensor.shape().isEmpty()
                                                        && tensor.shape().getFirst().varies());
        return new BatchRule(
                possible, possible ? name(all) : Optional.empty(), !variesInside(signature));
    }

    /** The one name of all first dimensions. One without a name may be of any size. */
    private static Optional<String> name(List<TensorSpec> all) {
        List<String> names =
                all.stream().map(tensor -> tensor.shape().getFirst().name()).distinct().toList();
        return names.size() == 1 && !names.getFirst().isEmpty()
                ? Optional.of(names.getFirst())
                : Optional.empty();
    }

    private static boolean isBatch(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("n") || lower.equals("b") || lower.contains("batch");
    }

    /** Whether a model has dimensions other than the batch that differ from call to call. */
    static boolean variesInside(ModelSignature signature) {
        return Stream.concat(signature.inputs().stream(), signature.outputs().stream())
                .anyMatch(tensor -> tensor.shape().stream().skip(1).anyMatch(Dimension::varies));
    }

    /**
     * Rows that a batch may have with a call that allows so many.
     *
     * @param asked what the binding says; 0 when it says nothing
     */
    int max(int asked) {
        if (!possible) {
            return 1;
        }
        return asked > 0 ? asked : named.filter(BatchRule::isBatch).isPresent() ? USUAL_MAX : 1;
    }

    /** The rows of a call; 0 when its tensors do not agree. */
    static long rows(Map<String, Tensor> inputs) {
        long rows = -1;
        for (Tensor tensor : inputs.values()) {
            long own = tensor.shape()[0];
            if (rows >= 0 && own != rows) {
                return 0;
            }
            rows = own;
        }
        return rows;
    }

    /** Whether two calls differ in their first dimension only. */
    boolean fit(Map<String, Tensor> one, Map<String, Tensor> other) {
        if (alike) {
            return true;
        }
        for (Map.Entry<String, Tensor> entry : one.entrySet()) {
            long[] shape = entry.getValue().shape();
            Tensor match = other.get(entry.getKey());
            if (match == null
                    || !Arrays.equals(
                            shape, 1, shape.length, match.shape(), 1, match.shape().length)) {
                return false;
            }
        }
        return true;
    }
}
