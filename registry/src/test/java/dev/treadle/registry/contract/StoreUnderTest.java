package dev.treadle.registry.contract;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.Registry;

/** A registry and its artifacts, opened. */
public interface StoreUnderTest extends AutoCloseable {
    Registry registry();

    ArtifactStore artifacts();

    @Override
    void close();
}
