package dev.treadle.server;

import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.model.ModelSettings;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRegistry;

/**
 * Which models there are: the node's own, and those that another server runs, which may have them.
 */
record KnownModels(ModelRegistry own, StoreMap<ModelSettings> settings) {
    /** Whether a model would have to be here and is not. */
    boolean isMissing(String model) {
        return switch (settings.of(model).source()) {
            case ModelSettings.Source.OnnxRuntime _ -> own.model(new ModelName(model)).isEmpty();
            case ModelSettings.Source.Oip _ -> false;
        };
    }
}
