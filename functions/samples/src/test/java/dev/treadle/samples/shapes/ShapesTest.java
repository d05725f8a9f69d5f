package dev.treadle.samples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import dev.treadle.samples.Pictures;
import dev.treadle.testing.StubModel;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final ModelSignature SIGNATURE =
            new ModelSignature(
                    List.of(spec("pixels", Dimension.of(256))),
                    List.of(spec("scores", Dimension.of(3))));

    private final List<float[]> seen = new ArrayList<>();
    private final TestFunction shapes =
            TestFunction.of(new Shapes())
                    .payloadLimit(4 << 20)
                    .model("classifier", StubModel.of(SIGNATURE, this::square));

    @Test
    void theShapeWithTheHighestScoreIsTheAnswer() throws IOException {
        TestResponse response = shapes.post("/shapes", Pictures.png(64, 64), "image/png");

        assertThat(response.text())
                .isEqualTo(
                        "{\"shape\":\"square\",\"scores\":{\"circle\":0.25,\"square\":0.5,\"triangle\":0.25}}");
    }

    @Test
    void thePictureIsSixteenBySixteenAndDarkIsOne() throws IOException {
        shapes.post("/shapes", Pictures.png(200, 100), "image/png");

        float[] pixels = seen.getFirst();
        assertThat(pixels).hasSize(256);
        assertThat(pixels[0]).isLessThan(0.05f);
        assertThat(pixels[8 * 16 + 8]).isGreaterThan(0.95f);
    }

    @Test
    void whatIsNoPictureIsTheCallersFault() {
        TestResponse response = shapes.post("/shapes", "no picture", "text/plain");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("send a PNG or a JPEG");
    }

    /** When this fails since the script was changed: run its {@code main} and commit the file. */
    @Test
    void theModelIsWhatItsScriptMakes() throws IOException {
        assertThat(TrainShapes.model())
                .isEqualTo(Files.readAllBytes(Path.of("shapes/model/shapes.onnx")));
    }

    private Map<String, Tensor> square(Map<String, Tensor> inputs) {
        inputs.values().forEach(tensor -> seen.add(tensor.floats()));
        return Map.of("scores", Tensor.of(new float[] {0.25f, 0.5f, 0.25f}, 1, 3));
    }

    private static TensorSpec spec(String name, Dimension inner) {
        return new TensorSpec(name, ElementType.FLOAT, List.of(Dimension.varying("batch"), inner));
    }
}
