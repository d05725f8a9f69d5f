package dev.treadle.registry.files;

import dev.treadle.registry.contract.RegistryContract;
import dev.treadle.registry.contract.StoreUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileRegistryTest extends RegistryContract {
    @TempDir Path folder;

    @Override
    protected StoreUnderTest open() {
        return OpenedFileStore.in(folder);
    }
}
