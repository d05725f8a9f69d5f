package dev.treadle.registry.contract;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.registry.Registry;

/** The registries of one store and its artifacts, opened. */
public interface StoreUnderTest extends AutoCloseable {
    Registry registry();

    ModelRegistry models();

    ArtifactStore artifacts();

    @Override
    void close();
}
