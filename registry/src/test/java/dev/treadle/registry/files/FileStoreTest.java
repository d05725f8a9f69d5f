package dev.treadle.registry.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
    @TempDir Path folder;

    @Test
    void aSecondOpenIsRefusedAndNamesTheFolderAndItsHolder() {
        try (FileStore first = FileStore.open(folder, InstantSource.system())) {
            assertThat(first.registry().catalog().functions()).isEmpty();
            assertThatThrownBy(() -> FileStore.open(folder, InstantSource.system()))
                    .isInstanceOf(FileStoreException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        FileStore.open(folder, InstantSource.system()).close();
    }

    @Test
    void aDamagedFileIsNamedTogetherWithTheWayOut() throws Exception {
        FileStore.open(folder, InstantSource.system()).close();
        Path function = Files.createDirectory(folder.resolve("functions/hello"));
        Files.writeString(function.resolve("function.json"), "{\"format\":1,\"func");
        assertThatThrownBy(() -> FileStore.open(folder, InstantSource.system()))
                .isInstanceOf(FileStoreException.class)
                .hasMessageContaining(
                        function.resolve("function.json") + " cannot be read: it is not JSON")
                .hasMessageContaining("move the folder " + function + " away")
                .hasMessageContaining("deploy the function hello anew");
    }
}
