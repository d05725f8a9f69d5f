package dev.treadle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.TensorSpec.Dimension;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that gives back what it gets, called with records. */
class RecordTensorsTest {
    record Longs(long[] x) {}

    record Ints(int[] x) {}

    record One(long x) {}

    record Doubles(double[] x) {}

    record Floats(float[][] x) {}

    record Bytes(byte[] x) {}

    record Shorts(short[] x) {}

    record Flags(boolean[] x) {}

    record Texts(String[] x) {}

    record Raw(Tensor x) {}

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64"})
    void wholeNumbersGoThroughEveryTypeOfThem(ElementType type) {
        Model model = same(type);
        assertThat(model.run(new Longs(new long[] {0, 1, 127}), Longs.class).x())
                .containsExactly(0, 1, 127);
        assertThat(model.run(new Ints(new int[] {7}), Ints.class).x()).containsExactly(7);
        assertThat(model.run(new Bytes(new byte[] {5}), One.class).x()).isEqualTo(5);
        assertThat(model.run(new Shorts(new short[] {6}), One.class).x()).isEqualTo(6);
    }

    @Test
    void theLargestUnsignedNumbersFit() {
        assertThat(same(ElementType.UINT8).run(new One(255), One.class).x()).isEqualTo(255);
        assertThat(same(ElementType.UINT16).run(new One(65_535), One.class).x()).isEqualTo(65_535);
        assertThat(same(ElementType.UINT32).run(new One(0xFFFF_FFFFL), One.class).x())
                .isEqualTo(0xFFFF_FFFFL);
        assertThat(same(ElementType.UINT64).run(new One(-1), One.class).x()).isEqualTo(-1);
    }

    @Test
    void aNumberThatItsTypeOrTheRecordCannotHoldIsSaid() {
        assertThatThrownBy(() -> same(ElementType.UINT16).run(new One(65_536), One.class))
                .hasMessage(
                        "the tensor 'x': expected uint16[n], found 65536, which no uint16 can be");
        assertThatThrownBy(() -> same(ElementType.UINT32).run(new One(-1), One.class))
                .hasMessageContaining("found -1, which no uint32 can be");
        assertThatThrownBy(() -> same(ElementType.UINT32).run(new One(1L << 31), Ints.class))
                .hasMessage("the tensor 'x': expected an int, found 2147483648");
        assertThatThrownBy(() -> same(ElementType.UINT64).run(new One(-1), Ints.class))
                .hasMessage("the tensor 'x': expected an int, found 18446744073709551615");
        assertThatThrownBy(() -> same(ElementType.UINT8).run(new One(200), Bytes.class))
                .hasMessageContaining("the output 'x' is uint8[1] here, which cannot be read as");
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16"})
    void fractionsGoThroughEveryTypeOfThem(ElementType type) {
        Model model = same(type);
        assertThat(model.run(new Doubles(new double[] {-1.5, 0.25}), Doubles.class).x())
                .containsExactly(-1.5, 0.25);
    }

    @Test
    void nestedArraysFlagsTextsAndTensorsAreTheirOwnTypes() {
        Model rows = same(ElementType.FLOAT, Dimension.varying("n"), Dimension.of(2));
        assertThat(rows.run(new Floats(new float[][] {{1, 2}, {3, 4}}), Floats.class).x())
                .isDeepEqualTo(new float[][] {{1, 2}, {3, 4}});
        assertThat(
                        same(ElementType.BOOL)
                                .run(new Flags(new boolean[] {true, false}), Flags.class)
                                .x())
                .containsExactly(true, false);
        assertThat(
                        same(ElementType.STRING)
                                .run(new Texts(new String[] {"", "😀"}), Texts.class)
                                .x())
                .containsExactly("", "😀");
        assertThat(same(ElementType.INT8).run(new Bytes(new byte[] {-128}), Bytes.class).x())
                .containsExactly(-128);
        assertThat(same(ElementType.INT16).run(new Shorts(new short[] {-2}), Shorts.class).x())
                .containsExactly(-2);
        ByteBuffer bits = Tensor.direct(ElementType.UINT16, 1).putShort((short) -1).flip();
        Tensor raw = Tensor.of(ElementType.UINT16, bits, 1);
        assertThat(same(ElementType.UINT16).run(new Raw(raw), Raw.class).x()).isEqualTo(raw);
    }

    private static Model same(ElementType type) {
        return same(type, Dimension.varying("n"));
    }

    private static Model same(ElementType type, Dimension... shape) {
        TensorSpec spec = new TensorSpec("x", type, List.of(shape));
        return new Model() {
            @Override
            public ModelSignature signature() {
                return new ModelSignature(List.of(spec), List.of(spec));
            }

            @Override
            public Map<String, Tensor> run(Map<String, Tensor> inputs) {
                return inputs;
            }
        };
    }
}
