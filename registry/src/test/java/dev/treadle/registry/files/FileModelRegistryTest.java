package dev.treadle.registry.files;

import dev.treadle.registry.contract.ModelRegistryContract;
import dev.treadle.registry.contract.StoreUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileModelRegistryTest extends ModelRegistryContract {
    @TempDir Path folder;

    @Override
    protected StoreUnderTest open() {
        return OpenedFileStore.in(folder);
    }
}
