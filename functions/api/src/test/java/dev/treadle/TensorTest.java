package dev.treadle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void valuesComeOutAsTheyWentIn() {
        assertThat(Tensor.of(new float[] {1.5f, -2}, 2).floats()).containsExactly(1.5f, -2);
        assertThat(Tensor.of(new double[] {1.5, -2}, 1, 2).doubles()).containsExactly(1.5, -2);
        assertThat(Tensor.of(new long[] {Long.MIN_VALUE}, 1).longs())
                .containsExactly(Long.MIN_VALUE);
        assertThat(Tensor.of(new int[] {-7}).longs()).containsExactly(-7);
        assertThat(Tensor.of(new boolean[] {true, false}, 2).booleans())
                .containsExactly(true, false);
        assertThat(Tensor.of(List.of("a", "é"), 2, 1).strings()).containsExactly("a", "é");
    }

    @Test
    void smallNumbersAreReadWithTheirSignsAndPrecisions() {
        ByteBuffer bytes = ByteBuffer.allocate(2).order(ByteOrder.nativeOrder());
        bytes.putShort(0, (short) -1);
        assertThat(Tensor.of(ElementType.UINT8, bytes, 2).longs()).containsExactly(255, 255);
        assertThat(Tensor.of(ElementType.INT8, bytes, 2).longs()).containsExactly(-1, -1);
        assertThat(Tensor.of(ElementType.UINT16, bytes, 1).longs()).containsExactly(65_535);
        bytes.putShort(0, Float.floatToFloat16(0.5f));
        assertThat(Tensor.of(ElementType.FLOAT16, bytes, 1).floats()).containsExactly(0.5f);
        bytes.putShort(0, (short) (Float.floatToRawIntBits(-3) >>> 16));
        assertThat(Tensor.of(ElementType.BFLOAT16, bytes, 1).doubles()).containsExactly(-3.0);
    }

    @Test
    void theLargestUnsignedNumbersArePositiveFractionsAndLongsWithTheirBits() {
        ByteBuffer bytes = Tensor.direct(ElementType.UINT64, 2).putLong(-1).putLong(1).flip();
        Tensor large = Tensor.of(ElementType.UINT64, bytes, 2);
        assertThat(large.doubles()).containsExactly(0x1p64, 1);
        assertThat(Long.toUnsignedString(large.longs()[0])).isEqualTo("18446744073709551615");
        assertThat(Tensor.of(ElementType.UINT32, bytes.slice(0, 4), 1).doubles())
                .containsExactly(4_294_967_295.0);
        assertThat(Tensor.of(ElementType.UINT16, bytes.slice(0, 2), 1).doubles())
                .containsExactly(65_535);
    }

    @Test
    void aBufferIsKeptAndNotCopied() {
        ByteBuffer own = Tensor.direct(ElementType.FLOAT, 1, 2);
        Tensor tensor = Tensor.of(ElementType.FLOAT, own, 1, 2);
        own.putFloat(4, 9);
        assertThat(tensor.floats()).containsExactly(0, 9);
        assertThat(tensor.bytes().isDirect()).isTrue();
        assertThat(tensor.bytes().isReadOnly()).isTrue();
    }

    @Test
    void whatDoesNotFitTheShapeIsRefused() {
        assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2))
                .hasMessage("the shape [2, 2] has 4 elements, but 3 are given");
        assertThatThrownBy(() -> Tensor.of(ElementType.INT64, ByteBuffer.allocate(9), 1))
                .hasMessage("int64[1] needs 8 bytes, but the buffer has 9");
        assertThatThrownBy(() -> Tensor.of(new float[0], -1)).hasMessage("a negative size: [-1]");
        assertThatThrownBy(() -> Tensor.direct(ElementType.FLOAT, 1 << 20, 1 << 20))
                .hasMessageContaining("a tensor has 2 GiB at most");
        assertThatThrownBy(() -> Tensor.of(new float[1], 1).strings())
                .hasMessage("this tensor is float[1], no texts");
    }

    @Test
    void tensorsAreEqualByTypeShapeAndElements() {
        Tensor tensor = Tensor.of(new float[] {1, 2}, 2);
        assertThat(tensor)
                .isEqualTo(Tensor.of(new float[] {1, 2}, 2))
                .hasSameHashCodeAs(Tensor.of(new float[] {1, 2}, 2))
                .isNotEqualTo(Tensor.of(new float[] {1, 2}, 1, 2))
                .isNotEqualTo(Tensor.of(new float[] {1, 3}, 2));
        assertThat(Tensor.of(List.of("a"), 1)).isNotEqualTo(Tensor.of(List.of("b"), 1));
    }
}
