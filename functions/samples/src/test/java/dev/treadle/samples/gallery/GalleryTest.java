package dev.treadle.samples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.ColumnType;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import dev.treadle.testing.MemoryBlobs;
import dev.treadle.testing.MemoryTable;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GalleryTest {
    private final MemoryBlobs pictures = MemoryBlobs.create();
    private final MemoryTable labels =
            MemoryTable.of(
                    new TableSchema(
                            Map.of("album", ColumnType.TEXT),
                            Map.of("picture", ColumnType.TEXT),
                            Map.of(
                                    "shape",
                                    ColumnType.TEXT,
                                    "score",
                                    ColumnType.DOUBLE,
                                    "labelled",
                                    ColumnType.TIME)));
    private final TestFunction album = function("/gallery/{album}");
    private final TestFunction one = function("/gallery/{album}/{picture}");

    private TestFunction function(String route) {
        return TestFunction.of(new Gallery())
                .route(route)
                .blobs("pictures", pictures)
                .table("labels", labels);
    }

    @AfterEach
    void close() {
        album.close();
        one.close();
    }

    @Test
    void pictureIsKeptAndWaitsForItsLabel() {
        TestResponse put = put("/gallery/a/1.png", "picture");
        TestResponse get = one.get("/gallery/a/1.png");

        assertThat(put.status()).isEqualTo(202);
        assertThat(pictures.get("a/1.png").orElseThrow().info().contentType())
                .contains("image/png");
        assertThat(get.status()).isEqualTo(202);
        assertThat(get.header("Retry-After")).contains("1");
    }

    @Test
    void labelIsReadWhereItWasWritten() {
        labels.put(label("a", "1.png", "square"));

        assertThat(one.get("/gallery/a/1.png").text())
                .isEqualTo("{\"picture\":\"1.png\",\"shape\":\"square\",\"score\":0.75}");
    }

    @Test
    void newPictureHasNoneOfTheOldOnesLabel() {
        labels.put(label("a", "1.png", "square"));
        put("/gallery/a/1.png", "another");

        assertThat(one.get("/gallery/a/1.png").status()).isEqualTo(202);
    }

    @Test
    void albumHasItsOwnPicturesInOrderPageByPage() {
        for (int i = 0; i < 101; i++) {
            labels.put(label("a", "%03d.png".formatted(i), "circle"));
        }
        labels.put(label("b", "other.png", "square"));

        Gallery.Album first = album.get("/gallery/a").json(Gallery.Album.class);
        Gallery.Album second =
                album.get("/gallery/a?from=" + first.next().orElseThrow())
                        .json(Gallery.Album.class);

        assertThat(first.pictures()).hasSize(100).first().isEqualTo(circle("000.png"));
        assertThat(second.pictures()).containsExactly(circle("100.png"));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void deletedPictureIsGoneWithItsLabel() {
        put("/gallery/a/1.png", "picture");
        labels.put(label("a", "1.png", "square"));

        assertThat(one.request("DELETE", "/gallery/a/1.png").send().status()).isEqualTo(204);
        assertThat(one.get("/gallery/a/1.png").status()).isEqualTo(404);
    }

    @Test
    void emptyPicturesAndOddNamesAreRefused() {
        assertThat(put("/gallery/a/1.png", "").status()).isEqualTo(400);
        assertThat(put("/gallery/a/.hidden", "picture").status()).isEqualTo(400);
    }

    private TestResponse put(String target, String picture) {
        return one.request("PUT", target).body(picture, "image/png").send();
    }

    private static TableRow label(String album, String picture, String shape) {
        return TableRow.of("album", album)
                .with("picture", picture)
                .with("shape", shape)
                .with("score", 0.75);
    }

    private static Gallery.Label circle(String picture) {
        return new Gallery.Label(picture, "circle", 0.75);
    }
}
