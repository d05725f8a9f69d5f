package dev.treadle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.inference.InferenceFailed.Reason;
import dev.treadle.registry.ModelDescription;
import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInspectorTest {
    @TempDir Path folder;

    private final ModelInspector inspector = new ModelInspector(TestModels.CONFIG);

    @Test
    void aModelIsDescribedByItsInputsItsOutputsAndWhatItsMakerWrote() throws Exception {
        Path file = TestModels.write(folder, TestModels.scale(2));
        ModelDescription found = inspector.inspect(file);
        assertThat(found.inputs()).hasToString("[x: float[batch, 3]]");
        assertThat(found.outputs()).hasToString("[y: float[batch, 3]]");
        assertThat(found.metadata())
                .containsEntry("author", "a test")
                .containsEntry("producer", "treadle")
                .containsEntry("graph", "scale");
        assertThat(found.bytes()).isEqualTo(Files.size(file));
        assertThat(Signatures.of(found))
                .hasToString("(x: float[batch, 3]) -> (y: float[batch, 3])");
    }

    @Test
    void aDimensionWithoutANameIsAQuestionMark() throws Exception {
        OnnxFile model =
                new OnnxFile("open")
                        .input("x", OnnxType.INT64, "", 2)
                        .output("y", OnnxType.INT64, "", 2)
                        .node("Identity", List.of("x"), "y");
        assertThat(inspector.inspect(TestModels.write(folder, model)).inputs())
                .hasToString("[x: int64[?, 2]]");
    }

    @Test
    void whatIsNoModelIsRefusedWithTheRuntimesReason() throws Exception {
        Path file = Files.writeString(folder.resolve("model.onnx"), "<html>not found</html>");
        assertThatThrownBy(() -> inspector.inspect(file))
                .isInstanceOfSatisfying(
                        InferenceFailed.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNLOADABLE))
                .hasMessageContaining("ONNX Runtime cannot load it: Protobuf parsing failed");
    }

    @Test
    void aModelThatHasNoRoomEvenAloneIsRefused() throws Exception {
        Path file = TestModels.write(folder, TestModels.scale(2));
        InferenceConfig small = new InferenceConfig(Device.CPU, 0, 1, 1, 10, 10);

        assertThatThrownBy(() -> new ModelInspector(small).inspect(file))
                .hasMessage(
                        "it has %d bytes; models.memory lets all models together have 10: set it to 1Mi or more in treadle.yaml"
                                .formatted(Files.size(file)));
    }

    @Test
    void anOperatorThatIsNotThereIsNamed() throws Exception {
        OnnxFile model =
                new OnnxFile("odd")
                        .input("x", OnnxType.FLOAT, 2)
                        .output("y", OnnxType.FLOAT, 2)
                        .node("Frobnicate", List.of("x"), "y");
        Path file = TestModels.write(folder, model);
        assertThatThrownBy(() -> inspector.inspect(file)).hasMessageContaining("Frobnicate");
    }

    @Test
    void aDeviceThatIsNotThereIsSaidWithTheWayToIt() throws Exception {
        Path file = TestModels.write(folder, TestModels.scale(2));
        ModelInspector cuda =
                new ModelInspector(new InferenceConfig(Device.CUDA, 0, 1, 1, 1 << 20, 10));
        assertThatThrownBy(() -> cuda.inspect(file))
                .hasMessageContaining("onnxruntime_gpu")
                .hasMessageContaining("models.device");
    }
}
