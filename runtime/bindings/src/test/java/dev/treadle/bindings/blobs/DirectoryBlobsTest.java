package dev.treadle.bindings.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Blobs;
import dev.treadle.bindings.TestGuard;
import dev.treadle.testkit.BlobsContract;
import dev.treadle.testkit.CutStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobsTest extends BlobsContract {
    @TempDir Path temp;
    private Path path;
    private BlobFolder folder;
    private int stores;

    @BeforeEach
    void open() {
        path = temp.resolve("blobs");
        folder = new BlobFolder(path, InstantSource.system());
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Override
    protected Blobs fresh() {
        return bound("s-" + stores++);
    }

    private Blobs bound(String store) {
        DirectoryProvider provider = new DirectoryProvider(folder);
        return new BoundBlobs(provider.store(store), TestGuard.of(provider), _ -> {});
    }

    @Test
    void aReaderReadsOnInWhatItOpened() throws Exception {
        Blobs blobs = fresh();
        blobs.put("a", bytes("before"));
        try (InputStream in = blobs.get("a").orElseThrow().stream()) {
            blobs.put("a", bytes("after"));
            blobs.delete("a");

            assertThat(in.readAllBytes()).isEqualTo(bytes("before"));
        }
    }

    @Test
    void whatIsPutOutlivesTheFolderAndNoFileIsLeftOver() throws Exception {
        Blobs blobs = bound("a");
        blobs.put("kept", bytes("1"));
        blobs.put("replaced", bytes("2"));
        blobs.put("replaced", bytes("3"));
        blobs.put("deleted", bytes("4"));
        blobs.delete("deleted");
        assertThatThrownBy(() -> blobs.put("failed", new CutStream(10), Blobs.Attributes.NONE))
                .hasStackTraceContaining("cut");
        assertThat(files()).hasSize(2);
        folder.close();
        folder = new BlobFolder(path, InstantSource.system());

        assertThat(bound("a").get("kept").orElseThrow().bytes()).isEqualTo(bytes("1"));
        assertThat(bound("a").get("replaced").orElseThrow().bytes()).isEqualTo(bytes("3"));
        assertThat(files()).hasSize(2);
    }

    /**
     * As after a crash: between the file and its name, and between the new name and the old file.
     */
    @Test
    void whatACrashLeftWithoutANameIsRemoved() throws Exception {
        bound("a").put("kept", bytes("1"));
        String kept = files().getFirst().getFileName().toString();
        String lost = UUID.randomUUID().toString();
        byte[] key = "a\0kept".getBytes(StandardCharsets.UTF_8);
        folder.announce(folder.index(), lost, key);
        folder.announce(folder.index(), kept, key);
        BlobFile.write(folder.file(lost), new ByteArrayInputStream(bytes("half")));
        folder.close();
        folder = new BlobFolder(path, InstantSource.system());

        assertThat(bound("a").get("kept").orElseThrow().bytes()).isEqualTo(bytes("1"));
        assertThat(files()).extracting(file -> file.getFileName().toString()).containsExactly(kept);
    }

    @Test
    void thereAreNoUrlsForOthers() {
        assertThatThrownBy(() -> fresh().urlToGet("a", Duration.ofHours(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no URLs for others");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(path.resolve("index")))
                    .toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
