package dev.treadle;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes a Java value of a tensor, as a record's component wants it. */
final class TensorReader {
    private final TensorSpec spec;
    private final Tensor tensor;
    private final ByteBuffer data;
    private int next;

    private TensorReader(TensorSpec spec, Tensor tensor) {
        this.spec = spec;
        this.tensor = tensor;
        this.data = tensor.type() == ElementType.STRING ? ByteBuffer.allocate(0) : tensor.bytes();
    }

    static Object read(TensorSpec spec, Tensor tensor, Class<?> type) {
        return type == Tensor.class ? tensor : new TensorReader(spec, tensor).read(type);
    }

    private Object read(Class<?> type) {
        int depth = depth(type);
        long[] shape = tensor.shape();
        while (shape.length > depth && shape[0] == 1) {
            shape = Arrays.copyOfRange(shape, 1, shape.length); // one row
        }
        if (shape.length != depth) {
            throw mismatch(type);
        }
        return nested(type, shape, 0);
    }

    private Object nested(Class<?> type, long[] shape, int level) {
        if (type == float[].class && shape.length == 1 && tensor.type() == ElementType.FLOAT) {
            return tensor.floats();
        }
        if (level == shape.length) {
            return element(type);
        }
        Class<?> inner = type.getComponentType();
        Object array = Array.newInstance(inner, Math.toIntExact(shape[level]));
        for (int i = 0; i < shape[level]; i++) {
            Array.set(array, i, nested(inner, shape, level + 1));
        }
        return array;
    }

    private Object element(Class<?> type) {
        int index = next++;
        if (type == String.class && tensor.type() == ElementType.STRING) {
            return tensor.strings().get(index);
        }
        if (tensor.type() == ElementType.STRING) {
            throw mismatch(type);
        }
        if (tensor.type().isFloating()) {
            double value = Elements.doubleAt(tensor.type(), data, index);
            return type == float.class
                    ? (Object) (float) value
                    : type == double.class ? (Object) value : fail(type);
        }
        return whole(type, Elements.longAt(tensor.type(), data, index));
    }

    private Object whole(Class<?> type, long value) {
        if (type == long.class) {
            return value;
        }
        if (type == int.class) {
            return asInt(value);
        }
        if (type == short.class && tensor.type() == ElementType.INT16) {
            return (short) value;
        }
        if (type == byte.class && tensor.type() == ElementType.INT8) {
            return (byte) value;
        }
        return type == boolean.class && tensor.type() == ElementType.BOOL
                ? (Object) (value != 0)
                : fail(type);
    }

    private int asInt(long value) {
        boolean isLarge = tensor.type() == ElementType.UINT64 && value < 0;
        if (isLarge || value != (int) value) {
            throw new TensorMismatch(
                    spec.name(),
                    "an int",
                    isLarge ? Long.toUnsignedString(value) : Long.toString(value));
        }
        return (int) value;
    }

    private static int depth(Class<?> type) {
        return type.isArray() ? 1 + depth(type.getComponentType()) : 0;
    }

    private Object fail(Class<?> type) {
        throw mismatch(type);
    }

    private IllegalArgumentException mismatch(Class<?> type) {
        return new IllegalArgumentException(
                "the output '%s' is %s here, which cannot be read as %s"
                        .formatted(spec.name(), tensor, type.getSimpleName()));
    }
}
