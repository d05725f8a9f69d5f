package dev.treadle.inference;

import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.TensorSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Holds a call's tensors to the model's signature before anything is run. Safe for threads. */
public final class InputCheck {
    private static final InputCheck OURS = new InputCheck(ElementType::toString);

    private final Function<ElementType, String> words;

    /**
     * One for callers who call types otherwise than functions do.
     *
     * @param words what messages call a type
     */
    public InputCheck(Function<ElementType, String> words) {
        this.words = words;
    }

    /**
     * Whether all is there and fits, in the words of functions.
     *
     * @throws TensorMismatch which is not as the model wants it
     */
    public static void check(ModelSignature signature, Map<String, Tensor> inputs) {
        OURS.require(signature, inputs);
    }

    /**
     * Whether all is there and fits.
     *
     * @throws TensorMismatch which is not as the model wants it
     */
    public void require(ModelSignature signature, Map<String, Tensor> inputs) {
        Map<String, Long> named = new HashMap<>();
        for (TensorSpec spec : signature.inputs()) {
            Tensor tensor = inputs.get(spec.name());
            if (tensor == null) {
                throw new TensorMismatch(spec.name(), form(spec), insteadOf(signature, inputs));
            }
            long[] shape = tensor.shape();
            if (tensor.type() != spec.type() || !spec.takes(shape)) {
                throw new TensorMismatch(spec.name(), form(spec), form(tensor));
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

    private String form(TensorSpec spec) {
        return words.apply(spec.type()) + spec.shape();
    }

    private String form(Tensor tensor) {
        return words.apply(tensor.type()) + Arrays.toString(tensor.shape());
    }

    private List<String> forms(List<TensorSpec> specs) {
        return specs.stream().map(spec -> spec.name() + ": " + form(spec)).toList();
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

    private void refuseUnknown(ModelSignature signature, Map<String, Tensor> inputs) {
        for (String name : inputs.keySet()) {
            if (signature.input(name).isEmpty()) {
                throw new TensorMismatch(
                        name, "one of the inputs " + forms(signature.inputs()), "an unknown name");
            }
        }
    }

    /** Half of a surrogate pair, as JSON may have it, has no form in UTF-8. */
    private void requireUnicode(TensorSpec spec, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.codePoints().anyMatch(InputCheck::isHalf)) {
                throw new TensorMismatch(
                        spec.name(),
                        form(spec) + " of Unicode texts",
                        "half of a surrogate pair in element " + i);
            }
        }
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** A name stands for one size within a call. */
    private void requireSame(TensorSpec spec, long[] shape, Map<String, Long> named) {
        for (int i = 0; i < shape.length; i++) {
            String name = spec.shape().get(i).name();
            Long other = name.isEmpty() ? null : named.putIfAbsent(name, shape[i]);
            if (other != null && other != shape[i]) {
                throw new TensorMismatch(
                        spec.name(),
                        "%s with %s=%d, as another input has it".formatted(form(spec), name, other),
                        "%s=%d".formatted(name, shape[i]));
            }
        }
    }
}
