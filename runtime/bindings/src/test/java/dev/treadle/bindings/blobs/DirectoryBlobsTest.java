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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;

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

    /** Both of those that are in files and of those that are not. */
    private static final List<Integer> SIZES = List.of(1, 32 << 10, (32 << 10) + 1, 1 << 20);

    @Test
    void aReaderReadsOnInWhatItOpened() throws Exception {
        for (int size : SIZES) {
            Blobs blobs = fresh();
            blobs.put("a", bytes(size, 1));
            try (InputStream in = blobs.get("a").orElseThrow().stream()) {
                blobs.put("a", bytes(size, 2));
                blobs.delete("a");

                assertThat(in.readAllBytes()).isEqualTo(bytes(size, 1));
            }
        }
    }

    @Test
    void onlyLargeContentsAreInFiles() throws Exception {
        Blobs blobs = bound("a");
        for (int size : SIZES) {
            blobs.put("b-" + size, bytes(size, 1));
        }
        assertThat(files()).hasSize(2);
        for (int size : SIZES) {
            assertThat(blobs.get("b-" + size).orElseThrow().bytes()).isEqualTo(bytes(size, 1));
            assertThat(blobs.get("b-" + size).orElseThrow().bytes(size - 1, 9)).containsExactly(1);
        }
        blobs.put("b-1", bytes(1 << 20, 2));
        blobs.put("b-" + (1 << 20), bytes(1, 2));
        assertThat(files()).hasSize(2);
        assertThat(blobs.get("b-1").orElseThrow().bytes()).isEqualTo(bytes(1 << 20, 2));
        assertThat(blobs.get("b-" + (1 << 20)).orElseThrow().bytes()).isEqualTo(bytes(1, 2));
    }

    @Test
    void whatIsPutOutlivesTheFolderAndNoContentIsLeftOver() throws Exception {
        for (int size : SIZES) {
            Blobs blobs = bound("a" + size);
            blobs.put("kept", bytes(size, 1));
            blobs.put("replaced", bytes(size, 2));
            blobs.put("replaced", bytes(size, 3));
            blobs.put("deleted", bytes(size, 4));
            blobs.delete("deleted");
            assertThatThrownBy(
                            () -> blobs.put("failed", new CutStream(size), Blobs.Attributes.NONE))
                    .hasStackTraceContaining("cut");
        }
        assertThat(files()).hasSize(4);
        assertThat(smallContents()).isEqualTo(4);
        folder.close();
        folder = new BlobFolder(path, InstantSource.system());

        for (int size : SIZES) {
            Blobs blobs = bound("a" + size);
            assertThat(blobs.get("kept").orElseThrow().bytes()).isEqualTo(bytes(size, 1));
            assertThat(blobs.get("replaced").orElseThrow().bytes()).isEqualTo(bytes(size, 3));
            assertThat(blobs.get("deleted")).isEmpty();
        }
        assertThat(files()).hasSize(4);
        assertThat(smallContents()).isEqualTo(4);
    }

    private int smallContents() {
        int count = 0;
        try (ReadOptions reads = new ReadOptions();
                RocksIterator all = folder.index().iterate(reads)) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                count += all.key()[0] == 2 ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * As after a crash: between the file and its name, and between the new name and the old file.
     */
    @Test
    void whatACrashLeftWithoutANameIsRemoved() throws Exception {
        bound("a").put("kept", bytes(1 << 20, 1));
        String kept = files().getFirst().getFileName().toString();
        String lost = UUID.randomUUID().toString();
        byte[] key = "a\0kept".getBytes(StandardCharsets.UTF_8);
        folder.announce(folder.index(), lost, key);
        folder.announce(folder.index(), kept, key);
        BlobFile.write(folder.file(lost), new ByteArrayInputStream(bytes(9, 1)));
        folder.close();
        folder = new BlobFolder(path, InstantSource.system());

        assertThat(bound("a").get("kept").orElseThrow().bytes()).isEqualTo(bytes(1 << 20, 1));
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

    private static byte[] bytes(int size, int content) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) content);
        return bytes;
    }
}
