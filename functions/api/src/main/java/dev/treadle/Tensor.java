package dev.treadle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Elements of one type in rows and columns of any depth. Numbers lie in a buffer, in the machine's
 * byte order and with the last dimension innermost; a direct buffer reaches the model without a
 * copy. Never changes, as long as nobody changes the buffer that it was made of. Safe for threads.
 */
public final class Tensor {
    private final ElementType type;
    private final long[] shape;
    private final ByteBuffer data;
    private final List<String> texts;

    private Tensor(ElementType type, long[] shape, ByteBuffer data, List<String> texts) {
        this.type = type;
        this.shape = shape;
        this.data = data;
        this.texts = texts;
    }

    /**
     * A tensor over a buffer, which is kept, not copied: its bytes from position to limit.
     *
     * @param type any but {@link ElementType#STRING}
     * @param data in the machine's byte order ({@link ByteOrder#nativeOrder()})
     * @param shape the size of each dimension; none for a single value
     * @throws IllegalArgumentException when the buffer has more or fewer bytes than the shape needs
     */
    public static Tensor of(ElementType type, ByteBuffer data, long... shape) {
        if (type == ElementType.STRING) {
            throw new IllegalArgumentException(
                    "texts lie in no buffer: use Tensor.of(List, shape)");
        }
        long bytes = Math.multiplyExact(count(shape), (long) type.bytes());
        if (data.remaining() != bytes) {
            throw new IllegalArgumentException(
                    "%s%s needs %d bytes, but the buffer has %d"
                            .formatted(type, Arrays.toString(shape), bytes, data.remaining()));
        }
        return new Tensor(
                type, shape.clone(), data.slice().order(ByteOrder.nativeOrder()), List.of());
    }

    /** Texts. */
    public static Tensor of(List<String> texts, long... shape) {
        requireCount(texts.size(), shape);
        return new Tensor(
                ElementType.STRING, shape.clone(), ByteBuffer.allocate(0), List.copyOf(texts));
    }

    /** Of the type {@code float}; the values are copied. */
    public static Tensor of(float[] values, long... shape) {
        requireCount(values.length, shape);
        ByteBuffer data = direct(ElementType.FLOAT, shape);
        data.asFloatBuffer().put(values);
        return of(ElementType.FLOAT, data, shape);
    }

    /** Of the type {@code double}; the values are copied. */
    public static Tensor of(double[] values, long... shape) {
        requireCount(values.length, shape);
        ByteBuffer data = direct(ElementType.DOUBLE, shape);
        data.asDoubleBuffer().put(values);
        return of(ElementType.DOUBLE, data, shape);
    }

    /** Of the type {@code int64}; the values are copied. */
    public static Tensor of(long[] values, long... shape) {
        requireCount(values.length, shape);
        ByteBuffer data = direct(ElementType.INT64, shape);
        data.asLongBuffer().put(values);
        return of(ElementType.INT64, data, shape);
    }

    /** Of the type {@code int32}; the values are copied. */
    public static Tensor of(int[] values, long... shape) {
        requireCount(values.length, shape);
        ByteBuffer data = direct(ElementType.INT32, shape);
        data.asIntBuffer().put(values);
        return of(ElementType.INT32, data, shape);
    }

    /** Of the type {@code bool}; the values are copied. */
    public static Tensor of(boolean[] values, long... shape) {
        requireCount(values.length, shape);
        ByteBuffer data = direct(ElementType.BOOL, shape);
        for (int i = 0; i < values.length; i++) {
            data.put(i, (byte) (values[i] ? 1 : 0));
        }
        return of(ElementType.BOOL, data, shape);
    }

    /**
     * A fresh direct buffer with room for such a tensor, for those who fill it themselves.
     *
     * @throws IllegalArgumentException when it would have more than 2 GiB
     */
    public static ByteBuffer direct(ElementType type, long... shape) {
        long bytes = Math.multiplyExact(count(shape), (long) type.bytes());
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s%s has %d bytes; a tensor has 2 GiB at most"
                            .formatted(type, Arrays.toString(shape), bytes));
        }
        return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }

    public ElementType type() {
        return type;
    }

    /** The size of each dimension, outermost first; the caller's own copy. */
    public long[] shape() {
        return shape.clone();
    }

    /** How many elements. */
    public int size() {
        return type == ElementType.STRING ? texts.size() : data.limit() / type.bytes();
    }

    /**
     * The elements as they lie in memory, in the machine's byte order. Read-only, and not a copy.
     *
     * @throws IllegalStateException when they are texts
     */
    public ByteBuffer bytes() {
        if (type == ElementType.STRING) {
            throw new IllegalStateException("texts lie in no buffer: use strings()");
        }
        return data.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /**
     * The texts, row by row.
     *
     * @throws IllegalStateException when they are none
     */
    public List<String> strings() {
        require(type == ElementType.STRING, "texts");
        return texts;
    }

    /**
     * A copy of the elements, row by row: {@code float}, {@code float16} and {@code bfloat16}.
     *
     * @throws IllegalStateException when they are of another type
     */
    public float[] floats() {
        float[] values = new float[size()];
        switch (type) {
            case FLOAT -> bytes().asFloatBuffer().get(values);
            case FLOAT16, BFLOAT16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) Elements.doubleAt(type, data, i);
                }
            }
            default -> require(false, "floats");
        }
        return values;
    }

    /**
     * A copy of the elements, row by row, whatever numbers they are. An {@code int64} or {@code
     * uint64} that no {@code double} can hold is rounded.
     *
     * @throws IllegalStateException when they are texts
     */
    public double[] doubles() {
        require(type != ElementType.STRING, "numbers");
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (type) {
                        case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> Elements.doubleAt(type, data, i);
                        case UINT64 -> unsigned(Elements.longAt(type, data, i));
                        default -> Elements.longAt(type, data, i);
                    };
        }
        return values;
    }

    /** Without its last bit a large one is positive; that bit may decide how it is rounded. */
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    /**
     * A copy of the elements, row by row: integers of any size, and booleans as 0 and 1. Of {@code
     * uint64} they are the bits, for {@link Long#toUnsignedString(long)}.
     *
     * @throws IllegalStateException when they are fractions or texts
     */
    public long[] longs() {
        require(type != ElementType.STRING && !type.isFloating(), "integers");
        long[] values = new long[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Elements.longAt(type, data, i);
        }
        return values;
    }

    /**
     * A copy of the elements, row by row.
     *
     * @throws IllegalStateException when they are no booleans
     */
    public boolean[] booleans() {
        require(type == ElementType.BOOL, "booleans");
        boolean[] values = new boolean[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i) != 0;
        }
        return values;
    }

    private void require(boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalStateException("this tensor is %s, no %s".formatted(this, wanted));
        }
    }

    private static void requireCount(int given, long... shape) {
        if (count(shape) != given) {
            throw new IllegalArgumentException(
                    "the shape %s has %d elements, but %d are given"
                            .formatted(Arrays.toString(shape), count(shape), given));
        }
    }

    static long count(long... shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("a negative size: " + Arrays.toString(shape));
            }
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && type == tensor.type
                && Arrays.equals(shape, tensor.shape)
                && data.equals(tensor.data)
                && texts.equals(tensor.texts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, Arrays.hashCode(shape), data, texts);
    }

    /** Type and shape: {@code float[1, 10]}. */
    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
