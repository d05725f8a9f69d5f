package dev.treadle.bindings;

import dev.treadle.Invocation;
import dev.treadle.Vectors;
import dev.treadle.bindings.vectors.BoundVectors;
import dev.treadle.bindings.vectors.DryVectors;
import dev.treadle.bindings.vectors.VectorOverlay;
import dev.treadle.bindings.vectors.VectorProvider;
import dev.treadle.bindings.vectors.VectorShape;
import dev.treadle.bindings.vectors.VectorStore;
import dev.treadle.registry.BindingSpec;
import org.jspecify.annotations.Nullable;

/** Vectors that a release binds under a name. */
record OpenVectors(
        String name,
        BindingSpec.Vectors spec,
        Place<VectorProvider> place,
        VectorShape shape,
        VectorStore store,
        BindingMeter meter) {
    static OpenVectors of(
            String name,
            BindingSpec.Vectors spec,
            Place<VectorProvider> place,
            BindingMeter meter) {
        VectorShape shape = new VectorShape(spec.dimensions(), spec.distance());
        VectorStore store = place.provider().store(spec.store(), shape);
        return new OpenVectors(name, spec, place, shape, store, meter);
    }

    /**
     * @param dry null when writes are real
     */
    Vectors at(Invocation call, @Nullable DryRun dry) {
        Guard guard = place.guard(name, meter, call);
        return new BoundVectors(dry == null ? store : dry(dry, guard), shape, guard);
    }

    private VectorStore dry(DryRun run, Guard guard) {
        VectorOverlay overlay =
                guard.run(
                        () ->
                                run.seen(
                                        "vectors " + spec.store(),
                                        VectorOverlay.class,
                                        () -> VectorOverlay.over(store, shape)));
        return new DryVectors(overlay, change -> run.told(name, change));
    }
}
