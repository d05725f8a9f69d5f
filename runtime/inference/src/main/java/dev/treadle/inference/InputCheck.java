package dev.treadle.inference;

import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds a call's tensors to the model's signature before anything is run. */
public final class InputCheck {
    private InputCheck() {}

    /**
     * Whether all is there and fits.
     *
     * @throws TensorMismatch which is not as the model wants it
     */
    public static void check(ModelSignature signature, Map<String, Tensor> inputs) {
        Map<String, Long> named = new HashMap<>();
        for (TensorSpec spec : signature.inputs()) {
            Tensor tensor = inputs.get(spec.name());
            if (tensor == null) {
                throw new TensorMismatch(spec.name(), spec.form(), insteadOf(signature, inputs));
            }
            long[] shape = tensor.shape();
            if (tensor.type() != spec.type() || !spec.takes(shape)) {
                throw new TensorMismatch(spec.name(), spec.form(), tensor.toString());
            }
            requireSame(spec, shape, named);
            if (spec.type() == ElementType.STRING) {
                requireUnicode(spec, tensor.strings());
            }
        }
        if (inputs.size() > signature.inputs().size()) {
            refuseUnknown(signature, inputs);
        }
    }

    /** A wrong name is found as a missing one, and is worth its mention. */
    private static String insteadOf(ModelSignature signature, Map<String, Tensor> inputs) {
        return inputs.keySet().stream()
                .filter(name -> signature.input(name).isEmpty())
                .sorted()
                .findFirst()
                .map("nothing, but '%s', which the model does not take"::formatted)
                .orElse("nothing");
    }

    private static void refuseUnknown(ModelSignature signature, Map<String, Tensor> inputs) {
        for (String name : inputs.keySet()) {
            if (signature.input(name).isEmpty()) {
                throw new TensorMismatch(
                        name, "one of the inputs " + signature.inputs(), "an unknown name");
            }
        }
    }

    /** Half of a surrogate pair, as JSON may have it, has no form in UTF-8. */
    private static void requireUnicode(TensorSpec spec, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.codePoints().anyMatch(InputCheck::isHalf)) {
                throw new TensorMismatch(
                        spec.name(),
                        spec.form() + " of Unicode texts",
                        "half of a surrogate pair in element " + i);
            }
        }
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** A name stands for one size within a call. */
    private static void requireSame(TensorSpec spec, long[] shape, Map<String, Long> named) {
        for (int i = 0; i < shape.length; i++) {
            String name = spec.shape().get(i).name();
            Long other = name.isEmpty() ? null : named.putIfAbsent(name, shape[i]);
            if (other != null && other != shape[i]) {
                throw new TensorMismatch(
                        spec.name(),
                        "%s with %s=%d, as another input has it"
                                .formatted(spec.form(), name, other),
                        "%s=%d".formatted(name, shape[i]));
            }
        }
    }
}
