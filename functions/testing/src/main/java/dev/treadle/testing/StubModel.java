package dev.treadle.testing;

import dev.treadle.Model;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.TensorSpec;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A model that answers as a test says, and holds its inputs to a signature as a node does. */
public final class StubModel implements Model {
    private final ModelSignature signature;
    private final UnaryOperator<Map<String, Tensor>> answer;

    private StubModel(ModelSignature signature, UnaryOperator<Map<String, Tensor>> answer) {
        this.signature = signature;
        this.answer = answer;
    }

    /**
     * A model of this signature.
     *
     * @param answer makes the outputs of the inputs
     */
    public static StubModel of(
            ModelSignature signature, UnaryOperator<Map<String, Tensor>> answer) {
        return new StubModel(signature, answer);
    }

    @Override
    public ModelSignature signature() {
        return signature;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        inputs.keySet().stream()
                .filter(name -> signature.input(name).isEmpty())
                .forEach(
                        name -> {
                            throw new TensorMismatch(
                                    name,
                                    "one of the inputs " + signature.inputs(),
                                    "an unknown name");
                        });
        for (TensorSpec spec : signature.inputs()) {
            Tensor tensor = inputs.get(spec.name());
            if (tensor == null) {
                throw new TensorMismatch(spec.name(), spec.form(), "nothing");
            }
            if (tensor.type() != spec.type() || !spec.takes(tensor.shape())) {
                throw new TensorMismatch(spec.name(), spec.form(), tensor.toString());
            }
        }
        return answer.apply(inputs);
    }
}
