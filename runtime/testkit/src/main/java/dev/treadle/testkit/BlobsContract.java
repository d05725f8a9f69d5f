package dev.treadle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Blobs;
import dev.treadle.Blobs.Attributes;
import dev.treadle.Blobs.Blob;
import dev.treadle.Blobs.Info;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every provider of blobs promises. */
public abstract class BlobsContract {
    /** Large enough that no provider takes it in one piece. */
    private static final int LARGE = 12 << 20;

    /** A store that nobody has written to. */
    protected abstract Blobs fresh() throws Exception;

    @Test
    void whatIsPutIsThere() throws Exception {
        Blobs blobs = fresh();
        Instant before = Instant.now().minusSeconds(2);
        Info put =
                blobs.put(
                        "photos/1.jpg",
                        bytes("content"),
                        Attributes.of("image/jpeg").with("owner", "ada").with("size-x", "640"));

        Blob blob = blobs.get("photos/1.jpg").orElseThrow();
        assertThat(blob.bytes()).isEqualTo(bytes("content"));
        assertThat(blob.info().key()).isEqualTo("photos/1.jpg");
        assertThat(blob.info().size()).isEqualTo(7);
        assertThat(blob.info().contentType()).hasValue("image/jpeg");
        assertThat(blob.info().metadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of("owner", "ada", "size-x", "640"));
        assertThat(blob.info().modified()).isBetween(before, Instant.now().plusSeconds(2));
        assertThat(blob.info().etag()).isEqualTo(put.etag()).isNotEmpty();
        assertThat(put.size()).isEqualTo(7);
    }

    @Test
    void whatIsNotThereIsEmpty() throws Exception {
        Blobs blobs = fresh();

        assertThat(blobs.get("nothing")).isEmpty();
        assertThat(blobs.list("", 10).blobs()).isEmpty();
    }

    @Test
    void aPutTakesThePlaceOfWhatWasThere() throws Exception {
        Blobs blobs = fresh();
        Info first = blobs.put("a", bytes("one"), Attributes.of("text/plain").with("n", "1"));
        Info second = blobs.put("a", bytes("two!"));

        assertThat(second.etag()).isNotEqualTo(first.etag());
        Blob blob = blobs.get("a").orElseThrow();
        assertThat(blob.bytes()).isEqualTo(bytes("two!"));
        assertThat(blob.info().metadata()).isEmpty();
        assertThat(blobs.list("", 10).blobs()).hasSize(1);
    }

    @Test
    void nothingIsAContentToo() throws Exception {
        Blobs blobs = fresh();
        blobs.put("bytes", new byte[0]);
        blobs.put("stream", InputStream.nullInputStream(), Attributes.NONE);

        assertThat(blobs.get("bytes").orElseThrow().bytes()).isEmpty();
        assertThat(blobs.get("stream").orElseThrow().info().size()).isZero();
    }

    @Test
    void streamsMayBeLarge() throws Exception {
        Blobs blobs = fresh();
        byte[] large = new byte[LARGE];
        new SplittableRandom(1).nextBytes(large);
        Info put = blobs.put("large", new ByteArrayInputStream(large), Attributes.NONE);

        assertThat(put.size()).isEqualTo(LARGE);
        Blob blob = blobs.get("large").orElseThrow();
        try (InputStream in = blob.stream()) {
            assertThat(in.readAllBytes()).isEqualTo(large);
        }
        assertThat(blob.info().size()).isEqualTo(LARGE);
    }

    @Test
    void aPartIsReadAlone() throws Exception {
        Blobs blobs = fresh();
        blobs.put("a", bytes("0123456789"));
        Blob blob = blobs.get("a").orElseThrow();

        assertThat(blob.bytes(2, 3)).isEqualTo(bytes("234"));
        assertThat(blob.bytes(8, 100)).isEqualTo(bytes("89"));
        assertThat(blob.bytes(0, 10)).isEqualTo(bytes("0123456789"));
        assertThat(blob.bytes(10, 5)).isEmpty();
        assertThat(blob.bytes(3, 0)).isEmpty();
        try (InputStream in = blob.stream(7)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("789"));
        }
        assertThatThrownBy(() -> blob.bytes(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blob.bytes(1, -2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blob.stream(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsReadAlikeWhateverItsSize() throws Exception {
        Blobs blobs = fresh();
        for (int size : new int[] {1, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, 200_000}) {
            byte[] content = new byte[size];
            new SplittableRandom(size).nextBytes(content);
            blobs.put("a", content);
            Blob blob = blobs.get("a").orElseThrow();

            assertThat(blob.info().size()).isEqualTo(size);
            assertThat(blob.bytes()).isEqualTo(content);
            assertThat(blob.bytes(size - 1, 5)).isEqualTo(new byte[] {content[size - 1]});
            try (InputStream in = blob.stream(size / 2)) {
                assertThat(in.readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(content, size / 2, size));
            }
        }
    }

    @Test
    void whatAFailingStreamGaveIsNotPut() throws Exception {
        Blobs blobs = fresh();
        blobs.put("a", bytes("before"));
        InputStream failing = new CutStream(100_000);

        assertThatThrownBy(() -> blobs.put("a", failing, Attributes.NONE))
                .hasStackTraceContaining("the line is cut");
        assertThat(blobs.get("a").orElseThrow().bytes()).isEqualTo(bytes("before"));
        assertThat(blobs.list("", 10).blobs()).hasSize(1);
    }

    @Test
    void deleteTakesItAway() throws Exception {
        Blobs blobs = fresh();
        blobs.put("a", bytes("v"));
        blobs.delete("a");
        blobs.delete("a");

        assertThat(blobs.get("a")).isEmpty();
        assertThat(blobs.list("", 10).blobs()).isEmpty();
    }

    @Test
    void keysMayBeManyThings() throws Exception {
        Blobs blobs = fresh();
        List<String> keys =
                List.of("a b+c", "a&b=c?d#e", "é😀", "a/b/c", "a%20b", "ä".repeat(100), "'\"<>");
        for (String key : keys) {
            blobs.put(key, bytes(key));
        }

        for (String key : keys) {
            assertThat(blobs.get(key).orElseThrow().bytes()).isEqualTo(bytes(key));
        }
        assertThat(blobs.list("", 100).blobs())
                .extracting(Info::key)
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void whatCannotBeAKeyIsRefused() throws Exception {
        Blobs blobs = fresh();
        List<String> wrong =
                List.of(
                        "",
                        "x".repeat(1025),
                        "/a",
                        "a/",
                        "a//b",
                        "../a",
                        "a/./b",
                        "a\u0000b",
                        "a\nb");
        for (String key : wrong) {
            assertThatThrownBy(() -> blobs.put(key, bytes("v")))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> blobs.get(key))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void attributesThatDoNotTravelAreRefused() throws Exception {
        Blobs blobs = fresh();
        List<Attributes> wrong =
                List.of(
                        Attributes.NONE.with("Owner", "x"),
                        Attributes.NONE.with("a b", "x"),
                        Attributes.NONE.with("a", "é"),
                        Attributes.NONE.with("a", "x\ny"),
                        Attributes.NONE.with("a", "x".repeat(2048)),
                        Attributes.of("no type"));
        for (Attributes attributes : wrong) {
            assertThatThrownBy(() -> blobs.put("a", bytes("v"), attributes))
                    .as(attributes.toString())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(blobs.get("a")).isEmpty();
    }

    @Test
    void aListHasWhatBeginsSoInOrder() throws Exception {
        Blobs blobs = fresh();
        for (String key : List.of("b/2", "a", "b/1", "bb", "c", "b/é")) {
            blobs.put(key, bytes(key));
        }

        assertThat(blobs.list("b/", 10).blobs())
                .extracting(Info::key)
                .containsExactly("b/1", "b/2", "b/é");
        assertThat(blobs.list("", 10).blobs())
                .extracting(Info::key)
                .containsExactly("a", "b/1", "b/2", "b/é", "bb", "c");
        assertThat(blobs.list("b/1", 1).blobs().getFirst().size()).isEqualTo(3);
    }

    @Test
    void aListComesInPages() throws Exception {
        Blobs blobs = fresh();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add("k%02d".formatted(i));
            blobs.put(all.getLast(), bytes("v"));
        }

        List<String> found = new ArrayList<>();
        Blobs.Page page = blobs.list("k", 10);
        while (true) {
            assertThat(page.blobs()).hasSizeLessThanOrEqualTo(10);
            page.blobs().forEach(info -> found.add(info.key()));
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                break;
            }
            page = blobs.list("k", 10, next.get());
        }
        assertThat(found).containsExactlyElementsOf(all);
    }

    @Test
    void boundsAreKept() throws Exception {
        Blobs blobs = fresh();
        for (int limit : List.of(0, -1, Blobs.PAGE_MAX + 1)) {
            assertThatThrownBy(() -> blobs.list("", limit))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (Duration life : List.of(Duration.ZERO, Duration.ofDays(8))) {
            assertThatThrownBy(() -> blobs.urlToGet("a", life))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void otherStoresAreOthers() throws Exception {
        Blobs one = fresh();
        Blobs other = fresh();
        one.put("a", bytes("v"));

        assertThat(other.get("a")).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
