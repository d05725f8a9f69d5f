package dev.treadle.registry.files;

import dev.treadle.registry.ArtifactStore;
import dev.treadle.registry.ModelRegistry;
import dev.treadle.registry.Registry;
import dev.treadle.registry.contract.StoreUnderTest;
import java.nio.file.Path;
import java.time.InstantSource;

/** A file store for the contracts. */
record OpenedFileStore(FileStore store) implements StoreUnderTest {
    static OpenedFileStore in(Path folder) {
        return new OpenedFileStore(FileStore.open(folder, InstantSource.system()));
    }

    @Override
    public Registry registry() {
        return store.registry();
    }

    @Override
    public ModelRegistry models() {
        return store.models();
    }

    @Override
    public ArtifactStore artifacts() {
        return store.artifacts();
    }

    @Override
    public void close() {
        store.close();
    }
}
