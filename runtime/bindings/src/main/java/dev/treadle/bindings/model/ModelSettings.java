package dev.treadle.bindings.model;

import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.model.oip.OipModel;
import java.time.Duration;

/**
 * Where a model runs.
 *
 * @param capacity how much of it the node uses at once
 */
public record ModelSettings(Capacity capacity, Source source) {
    /** In the node; as many as can run make batches, and what limits them is how many may wait. */
    public static final ModelSettings OWN =
            new ModelSettings(
                    new Capacity(10_000, 0, Duration.ofSeconds(2)), new Source.OnnxRuntime());

    /** What runs it. */
    public sealed interface Source {
        /** The node's own runtime. */
        record OnnxRuntime() implements Source {}

        /** A server of the Open Inference Protocol. */
        record Oip(OipModel model) implements Source {}
    }
}
