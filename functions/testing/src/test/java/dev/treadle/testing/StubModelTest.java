package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorMismatch;
import dev.treadle.TensorName;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records as inputs and outputs of a model, with one that gives back what it gets. */
class StubModelTest {
    private static final Dimension BATCH = Dimension.varying("batch");

    private final Map<String, Tensor> seen = new HashMap<>();

    record Rows(float[][] x) {}

    record Row(float[] x) {}

    record Doubles(double[] x) {}

    record Raw(Tensor x) {}

    record Named(@TensorName("x") float[] pixels) {}

    record Other(float[] pixels) {}

    record Whole(long[] x) {}

    record Number(int x) {}

    record Texts(String[] x) {}

    record Flags(boolean[] x) {}

    @Test
    void aRowMayStandForABatchOfOne() {
        StubModel model = echo(ElementType.FLOAT, BATCH, Dimension.of(2));
        assertThat(model.run(new Row(new float[] {1, 2}), Row.class).x()).containsExactly(1, 2);
        assertThat(shape()).containsExactly(1, 2);
        assertThat(model.run(new Rows(new float[][] {{1, 2}, {3, 4}}), Rows.class).x())
                .isDeepEqualTo(new float[][] {{1, 2}, {3, 4}});
        assertThat(model.run(new Named(new float[] {1, 2}), Named.class).pixels())
                .containsExactly(1, 2);
        Tensor tensor = Tensor.of(new float[] {5, 6}, 1, 2);
        assertThat(model.run(new Raw(tensor), Raw.class).x()).isEqualTo(tensor);
    }

    @Test
    void aFlatArrayMayStandForTheFixedDimensions() {
        StubModel model = echo(ElementType.FLOAT, BATCH, Dimension.of(2), Dimension.of(2));
        model.run(Map.of("x", Tensor.of(new float[4], 1, 2, 2)));
        assertThat(model.run(new Row(new float[] {1, 2, 3, 4}), Raw.class).x().shape())
                .containsExactly(1, 2, 2);
        assertThatThrownBy(() -> model.run(new Row(new float[3]), Raw.class))
                .isInstanceOf(TensorMismatch.class)
                .hasMessage(
                        "the tensor 'x': expected float[batch, 2, 2], found float[] of the shape [3]");
    }

    @Test
    void numbersAreTurnedIntoTheTensorsType() {
        StubModel halves = echo(ElementType.FLOAT16, BATCH, Dimension.of(2));
        assertThat(halves.run(new Doubles(new double[] {0.5, 2}), Row.class).x())
                .containsExactly(0.5f, 2);
        StubModel bytes = echo(ElementType.UINT8, Dimension.of(2));
        assertThat(bytes.run(new Whole(new long[] {0, 255}), Whole.class).x())
                .containsExactly(0, 255);
        assertThatThrownBy(() -> bytes.run(new Whole(new long[] {0, 256}), Whole.class))
                .hasMessage("the tensor 'x': expected uint8[2], found 256, which no uint8 can be");
        assertThatThrownBy(() -> bytes.run(new Row(new float[] {0, 1}), Whole.class))
                .hasMessage("the tensor 'x': expected uint8[2], found Float");
        assertThat(echo(ElementType.INT64).run(new Number(7), Number.class).x()).isEqualTo(7);
        assertThat(
                        echo(ElementType.STRING, Dimension.of(2))
                                .run(new Texts(new String[] {"a", "b"}), Texts.class)
                                .x())
                .containsExactly("a", "b");
        assertThat(
                        echo(ElementType.BOOL, Dimension.of(2))
                                .run(new Flags(new boolean[] {true, false}), Flags.class)
                                .x())
                .containsExactly(true, false);
    }

    @Test
    void whatDoesNotFitSaysWhich() {
        StubModel model = echo(ElementType.FLOAT, BATCH, Dimension.of(2));
        assertThatThrownBy(() -> model.run(new Other(new float[2]), Row.class))
                .hasMessage(
                        "the record Other has 'pixels', but the model has no such input: it has [x: float[batch, 2]]; name it with @TensorName");
        assertThatThrownBy(() -> model.run(new Rows(new float[][] {{1, 2}, {3}}), Rows.class))
                .hasMessage(
                        "the tensor 'x': expected float[batch, 2], found rows of different lengths");
        assertThatThrownBy(() -> model.run(new Rows(new float[][] {{1, 2}, {3, 4}}), Row.class))
                .hasMessage("the output 'x' is float[2, 2] here, which cannot be read as float[]");
        assertThatThrownBy(() -> model.run(Map.of()))
                .isInstanceOf(TensorMismatch.class)
                .hasMessage("the tensor 'x': expected float[batch, 2], found nothing");
    }

    private long[] shape() {
        return seen.values().iterator().next().shape();
    }

    private StubModel echo(ElementType type, Dimension... shape) {
        TensorSpec x = new TensorSpec("x", type, List.of(shape));
        return StubModel.of(
                new ModelSignature(List.of(x), List.of(x)),
                inputs -> {
                    seen.putAll(inputs);
                    return inputs;
                });
    }
}
