package dev.treadle.samples.gallerylabels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.ColumnType;
import dev.treadle.ElementType;
import dev.treadle.Event;
import dev.treadle.ModelSignature;
import dev.treadle.Permanent;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import dev.treadle.Tensor;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import dev.treadle.samples.Pictures;
import dev.treadle.testing.EventResult;
import dev.treadle.testing.MemoryBlobs;
import dev.treadle.testing.MemoryTable;
import dev.treadle.testing.StubModel;
import dev.treadle.testing.TestFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GalleryLabelsTest {
    private static final ModelSignature SIGNATURE =
            new ModelSignature(
                    List.of(spec("pixels", Dimension.of(256))),
                    List.of(spec("scores", Dimension.of(3))));

    private final List<float[]> seen = new ArrayList<>();
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
    private final TestFunction function =
            TestFunction.of(new GalleryLabels())
                    .blobs("pictures", pictures)
                    .model("classifier", StubModel.of(SIGNATURE, this::square))
                    .table("labels", labels);

    @AfterEach
    void close() {
        function.close();
    }

    @Test
    void whatThePictureShowsIsARow() throws IOException {
        pictures.put("a/1.png", Pictures.png(64, 48));

        assertThat(function.event(created("a/1.png"))).isEqualTo(new EventResult.Done());
        TableRow row = labels.get(TableKey.of("a", "1.png")).orElseThrow();
        assertThat(row.text("shape")).contains("square");
        assertThat(row.real("score")).hasValue(0.5);
        assertThat(row.time("labelled")).isPresent();
    }

    @Test
    void theModelSeesHowDarkEachFieldIs() throws IOException {
        pictures.put("a/1.png", Pictures.png(200, 100));
        function.event(created("a/1.png"));

        float[] pixels = seen.getFirst();
        assertThat(pixels).hasSize(256);
        assertThat(pixels[0]).isLessThan(0.01f);
        assertThat(pixels[8 * 16 + 8]).isGreaterThan(0.99f);
    }

    @Test
    void pictureThatIsGoneMeanwhileIsPassedOver() {
        assertThat(function.event(created("a/gone.png"))).isEqualTo(new EventResult.Done());
        assertThat(labels.get(TableKey.of("a", "gone.png"))).isEmpty();
    }

    @Test
    void whatIsNoPictureIsADeadLetterThatSaysSo() throws IOException {
        pictures.put("a/text", "no picture".getBytes(StandardCharsets.UTF_8));
        pictures.put("a/small.png", Pictures.png(8, 40));

        assertThat(deadLetter("a/text")).hasMessageContaining("a PNG or a JPEG");
        assertThat(deadLetter("a/small.png")).hasMessageContaining("8 by 40");
    }

    private Throwable deadLetter(String key) {
        EventResult result = function.event(created(key));
        assertThat(result).isInstanceOf(EventResult.DeadLetter.class);
        Throwable failure = ((EventResult.DeadLetter) result).failure();
        assertThat(failure).isInstanceOf(Permanent.class);
        return failure;
    }

    private Map<String, Tensor> square(Map<String, Tensor> inputs) {
        inputs.values().forEach(tensor -> seen.add(tensor.floats()));
        return Map.of("scores", Tensor.of(new float[] {0.25f, 0.5f, 0.25f}, 1, 3));
    }

    private Event created(String key) {
        return function.newEvent("dev.treadle.blob.created")
                .subject(key)
                .json(Map.of("store", "gallery", "key", key, "size", 3))
                .build();
    }

    private static TensorSpec spec(String name, Dimension inner) {
        return new TensorSpec(name, ElementType.FLOAT, List.of(Dimension.varying("batch"), inner));
    }
}
