package dev.treadle.registry.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.registry.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"format\":2} | its format is 2, this version reads 1",
                "{\"format\":1,\"function\":\"other\",\"next\":1} | it is another function's",
                "{\"format\":1,\"function\":\"hello\"} | next",
                "{\"format\":1,\"function\":\"hello\",\"next\":\"x\"} | not",
                "{\"format\":1,\"function\":\"hello\",\"next\":1,\"releases\":[1]} | it names a"
                        + " release that it has not counted",
                "[] | it holds no JSON object",
                "'' | it holds no JSON object",
            })
    void aStateThatIsNotOursIsRefused(String text, String reason) throws Exception {
        FileStore.open(folder, InstantSource.system()).close();
        Path function = Files.createDirectory(folder.resolve("functions/hello"));
        Files.writeString(function.resolve("function.json"), text);
        assertThatThrownBy(() -> FileStore.open(folder, InstantSource.system()))
                .isInstanceOf(FileStoreException.class)
                .hasMessageContaining("function.json cannot be read: ")
                .hasMessageContaining(reason);
    }

    @Test
    void aReleaseThatIsMissingIsNamed() throws Exception {
        try (FileStore store = CrashScene.open(folder, new RealDisk())) {
            CrashScene.deploy(store, CrashScene.HELLO, 1);
        }
        Path release = folder.resolve("functions/hello/release-1.json");
        Files.delete(release);
        assertThatThrownBy(() -> CrashScene.open(folder, new RealDisk()))
                .isInstanceOf(FileStoreException.class)
                .hasMessageStartingWith(release + " cannot be read: it is missing. ");
    }

    @Test
    void whatPeoplePutBesideTheFilesIsLeftAlone() throws Exception {
        FileStore.open(folder, InstantSource.system()).close();
        Files.writeString(folder.resolve("artifacts/README"), "mine");
        Files.writeString(folder.resolve("functions/notes"), "mine");
        Files.createDirectories(folder.resolve("artifacts/ab"));
        Files.writeString(folder.resolve("artifacts/ab/notes.jar"), "mine");
        try (FileStore store = FileStore.open(folder, InstantSource.system())) {
            assertThat(store.registry().catalog().functions()).isEmpty();
        }
        assertThat(folder.resolve("artifacts/ab/notes.jar")).exists();
        assertThat(folder.resolve("functions/notes")).exists();
    }

    @Test
    void aClosedRegistryTakesNoChanges() {
        FileStore store = FileStore.open(folder, InstantSource.system());
        CrashScene.deploy(store, CrashScene.HELLO, 1);
        store.close();
        assertThatThrownBy(() -> store.registry().delete(CrashScene.HELLO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
        store.close();
    }

    @Test
    void aChangeWithinTheCheckOfAnotherIsRefused() {
        try (FileStore store = FileStore.open(folder, InstantSource.system())) {
            CrashScene.deploy(store, CrashScene.HELLO, 1);
            Release first = store.registry().catalog().functions().iterator().next().newest();
            assertThatThrownBy(
                            () ->
                                    store.registry()
                                            .deploy(
                                                    first.manifest(),
                                                    first.artifact(),
                                                    "live",
                                                    _ -> store.registry().delete(CrashScene.HELLO)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a change of hello was asked for within another");
        }
    }
}
