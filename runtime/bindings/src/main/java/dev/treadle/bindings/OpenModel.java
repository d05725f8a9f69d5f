package dev.treadle.bindings;

import dev.treadle.Invocation;
import dev.treadle.Model;
import dev.treadle.bindings.model.BoundModel;
import dev.treadle.bindings.model.ModelProvider;
import dev.treadle.registry.BindingSpec;

/** A model that a release binds under a name. */
record OpenModel(
        String name,
        BindingSpec.Model spec,
        Place<? extends ModelProvider> place,
        BindingMeter meter) {
    Model at(Invocation call) {
        Guard guard = place.guard(name, meter, call);
        return BoundModel.of(place.provider(), guard, spec, call);
    }
}
