package dev.treadle;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a tensor of a Java value, as an input wants it. */
final class TensorWriter {
    private final TensorSpec spec;

    private TensorWriter(TensorSpec spec) {
        this.spec = spec;
    }

    static Tensor write(TensorSpec spec, Object value) {
        return value instanceof Tensor tensor ? tensor : new TensorWriter(spec).write(value);
    }

    private Tensor write(Object value) {
        long[] shape = fitted(shapeOf(value), value);
        if (spec.type() == ElementType.STRING) {
            List<String> texts = new ArrayList<>();
            texts(value, texts);
            return Tensor.of(texts, shape);
        }
        ByteBuffer data = Tensor.direct(spec.type(), shape);
        if (value instanceof float[] floats && spec.type() == ElementType.FLOAT) {
            data.asFloatBuffer().put(floats);
            return Tensor.of(spec.type(), data, shape);
        }
        numbers(value, data);
        return Tensor.of(spec.type(), data.flip(), shape);
    }

    /** The shape of the tensor that a value of this shape may stand for. */
    private long[] fitted(long[] own, Object value) {
        int rank = spec.shape().size();
        if (own.length == rank) {
            return own;
        }
        boolean isRow = rank > 0 && spec.shape().getFirst().varies();
        if (isRow && own.length == rank - 1) {
            long[] row = new long[rank];
            row[0] = 1;
            System.arraycopy(own, 0, row, 1, own.length);
            return row;
        }
        List<TensorSpec.Dimension> inner = isRow ? spec.shape().subList(1, rank) : spec.shape();
        if (own.length == 1 && inner.stream().noneMatch(TensorSpec.Dimension::varies)) {
            long[] flat = new long[rank];
            Arrays.fill(flat, 1);
            for (int i = 0; i < inner.size(); i++) {
                flat[rank - inner.size() + i] = inner.get(i).size();
            }
            if (Tensor.count(flat) == own[0]) {
                return flat;
            }
        }
        throw mismatch(value.getClass().getSimpleName() + " of the shape " + Arrays.toString(own));
    }

    private long[] shapeOf(Object value) {
        if (!value.getClass().isArray()) {
            return new long[0];
        }
        int length = Array.getLength(value);
        if (!value.getClass().getComponentType().isArray()) {
            return new long[] {length};
        }
        long[] inner = length == 0 ? new long[] {0} : shapeOf(Array.get(value, 0));
        for (int i = 1; i < length; i++) {
            if (!Arrays.equals(inner, shapeOf(Array.get(value, i)))) {
                throw mismatch("rows of different lengths");
            }
        }
        long[] shape = new long[inner.length + 1];
        shape[0] = length;
        System.arraycopy(inner, 0, shape, 1, inner.length);
        return shape;
    }

    private void texts(Object value, List<String> texts) {
        switch (value) {
            case String text -> texts.add(text);
            case Object[] array -> {
                for (Object element : array) {
                    texts(element, texts);
                }
            }
            default -> throw mismatch(value.getClass().getSimpleName());
        }
    }

    private void numbers(Object value, ByteBuffer data) {
        try {
            if (value instanceof Object[] array) {
                for (Object element : array) {
                    numbers(element, data);
                }
            } else if (value.getClass().isArray()) {
                for (int i = 0; i < Array.getLength(value); i++) {
                    number(Array.get(value, i), data);
                }
            } else {
                number(value, data);
            }
        } catch (ArithmeticException e) {
            throw mismatch(String.valueOf(e.getMessage()));
        }
    }

    private void number(Object value, ByteBuffer data) {
        switch (value) {
            case Boolean flag when !spec.type().isFloating() ->
                    Elements.put(spec.type(), data, flag ? 1L : 0L);
            case Number number when spec.type().isFloating() ->
                    Elements.put(spec.type(), data, number.doubleValue());
            case Long whole -> Elements.put(spec.type(), data, whole);
            case Integer whole -> Elements.put(spec.type(), data, whole.longValue());
            case Short whole -> Elements.put(spec.type(), data, whole.longValue());
            case Byte whole -> Elements.put(spec.type(), data, whole.longValue());
            default -> throw mismatch(value.getClass().getSimpleName());
        }
    }

    private TensorMismatch mismatch(String found) {
        return new TensorMismatch(spec.name(), spec.form(), found);
    }
}
