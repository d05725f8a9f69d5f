package dev.treadle.bindings.model;

import dev.treadle.Invocation;
import dev.treadle.Model;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.bindings.Guard;
import dev.treadle.registry.BindingSpec;
import java.util.Map;

/** A model as one call of a function sees it. */
public final class BoundModel implements Model {
    private final ModelProvider.Chosen chosen;
    private final Guard guard;
    private final int batchMax;
    private final Invocation call;

    private BoundModel(ModelProvider.Chosen chosen, Guard guard, int batchMax, Invocation call) {
        this.chosen = chosen;
        this.guard = guard;
        this.batchMax = batchMax;
        this.call = call;
    }

    /**
     * Chooses the release for this call.
     *
     * @throws dev.treadle.BindingFailed when there is no such model
     */
    public static BoundModel of(
            ModelProvider provider, Guard guard, BindingSpec.Model spec, Invocation call) {
        return new BoundModel(
                guard.run(() -> provider.choose(spec.model(), call)),
                guard,
                spec.batchMax().orElse(0),
                call);
    }

    @Override
    public ModelSignature signature() {
        return chosen.signature();
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return guard.run(() -> chosen.run(inputs, batchMax, call.remaining()));
    }
}
