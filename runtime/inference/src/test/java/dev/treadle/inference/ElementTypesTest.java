package dev.treadle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.registry.ModelRelease;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every element type must pass on ONNX Runtime, as input and as output. */
@Timeout(60)
class ElementTypesTest {
    @TempDir Path folder;
    @AutoClose private ModelRuns models;

    @BeforeEach
    void open() {
        models = ModelRuns.in(folder);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void valuesAtTheEdgesComeBackAsTheyWent(ElementType type) throws Exception {
        ModelRelease release = push(identity(type, "batch", 2));
        Tensor given = edges(type, 0, 2, 2);
        assertThat(run(release, given)).isEqualTo(given);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aHeapBufferServesToo(ElementType type) throws Exception {
        ModelRelease release = push(identity(type, "batch", 2));
        Tensor direct = edges(type, 1, 1, 2);
        Tensor given =
                type == ElementType.STRING
                        ? direct
                        : Tensor.of(
                                type,
                                ByteBuffer.allocate(direct.bytes().remaining())
                                        .order(ByteOrder.nativeOrder())
                                        .put(direct.bytes())
                                        .flip(),
                                1,
                                2);
        assertThat(run(release, given)).isEqualTo(direct);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void anOutputWhoseShapeNobodyKnewIsReadToo(ElementType type) throws Exception {
        OnnxFile model =
                new OnnxFile("flat")
                        .input("x", theirs(type), "batch", 2)
                        .output("y", theirs(type), "elements")
                        .weights("shape", new long[] {-1}, 1)
                        .node("Reshape", List.of("x", "shape"), "y");
        Tensor given = edges(type, 0, 3, 2);
        assertThat(run(push(model), given)).isEqualTo(edges(type, 0, 6));
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aSingleValueHasNoDimension(ElementType type) throws Exception {
        ModelRelease release = push(identity(type));
        Tensor given = edges(type, 1);
        assertThat(run(release, given)).isEqualTo(given);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void noRowsAtAllAreATensorAsWell(ElementType type) throws Exception {
        ModelRelease release = push(identity(type, "batch", 2));
        Tensor given = edges(type, 0, 0, 2);
        assertThat(run(release, given)).isEqualTo(given);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void rowsOfOneBatchGoBackToTheirCallers(ElementType type) throws Exception {
        ModelRelease release = push(identity(type, "batch", 2));
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        LoadedModel model =
                LoadedModel.load(
                        new OnnxRuntime(TestModels.CONFIG),
                        new InferenceConfig(Device.CPU, 0, 1, 1, 1 << 20, 100),
                        release,
                        models.store().artifacts().file(release.artifact()),
                        held::add);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Tensor own = edges(type, i, 1 + i % 2, 2);
                answers.add(callers.submit(() -> model.run(Map.of("x", own), 0, ModelRuns.LONG)));
            }
            Eventually.holds(() -> model.counts().calls() == 5);
            held.take().run();
            for (int i = 0; i < 5; i++) {
                assertThat(answers.get(i).get())
                        .containsExactly(Map.entry("y", edges(type, i, 1 + i % 2, 2)));
            }
            assertThat(model.counts().runs()).isEqualTo(1);
        }
        model.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnnxType.class,
            names = {"UINT4", "INT4"})
    void elementsOfLessThanAByteAreRefusedByThePush(OnnxType type) {
        assertThatThrownBy(
                        () ->
                                push(
                                        OnnxFile.ofOpset("small", 21)
                                                .input("x", OnnxType.FLOAT, 2)
                                                .output("y", type, 2)
                                                .node(
                                                        "Cast",
                                                        List.of("x"),
                                                        "y",
                                                        new OnnxFile.Attributes()
                                                                .number("to", type.number()))))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining(
                        "'y' has elements of a type of less than a byte, such as int4")
                .hasMessageContaining("float, double, float16")
                .hasMessageContaining("put a Cast into the model");
    }

    @ParameterizedTest
    @EnumSource(
            value = OnnxType.class,
            names = {"COMPLEX64", "COMPLEX128"})
    void complexNumbersAreRefusedByOnnxRuntimeItself(OnnxType type) {
        assertThatThrownBy(
                        () ->
                                push(
                                        new OnnxFile("complex")
                                                .input("x", type, 2)
                                                .output("y", type, 2)
                                                .node("Identity", List.of("x"), "y")))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("tensor(%s)", type.name().toLowerCase(Locale.ROOT));
    }

    private Tensor run(ModelRelease release, Tensor given) {
        return Objects.requireNonNull(models.run(release, "x", given).get("y"));
    }

    private ModelRelease push(OnnxFile model) throws Exception {
        return models.push("model", model);
    }

    private static OnnxFile identity(ElementType type, Object... shape) {
        return new OnnxFile("identity")
                .input("x", theirs(type), shape)
                .output("y", theirs(type), shape)
                .node("Identity", List.of("x"), "y");
    }

    private static OnnxType theirs(ElementType type) {
        return OnnxType.valueOf(type.name());
    }

    /**
     * All bits, none, the first, the last, and so on.
     *
     * @param skip how many of them to leave out
     */
    private static Tensor edges(ElementType type, int skip, long... shape) {
        if (type == ElementType.STRING) {
            List<String> texts = List.of("", "é", "😀", "a\0b", "a\nb", " ", "x".repeat(1_000));
            return Tensor.of(cycle(texts, skip, Tensor.direct(ElementType.INT8, shape)), shape);
        }
        ByteBuffer data = Tensor.direct(type, shape);
        for (int i = skip; data.hasRemaining(); i++) {
            byte[] element = new byte[type.bytes()];
            for (int b = 0; b < element.length; b++) {
                element[b] =
                        type == ElementType.BOOL
                                ? (byte) (i % 2)
                                : (byte) (i % 3 == 0 ? 0xFF : i % 3 == 1 ? i : 0x80 >>> (b + i));
            }
            data.put(element);
        }
        return Tensor.of(type, data.flip(), shape);
    }

    private static List<String> cycle(List<String> texts, int skip, ByteBuffer length) {
        List<String> all = new ArrayList<>();
        for (int i = skip; i < skip + length.remaining(); i++) {
            all.add(texts.get(i % texts.size()));
        }
        return all;
    }
}
