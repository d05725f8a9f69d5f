package dev.treadle;

import java.nio.ByteBuffer;

/** Reads and writes a tensor's elements one by one. */
final class Elements {
    private Elements() {}

    /** One of a floating type. */
    static double doubleAt(ElementType type, ByteBuffer data, int index) {
        return switch (type) {
            case FLOAT -> data.getFloat(index * 4);
            case DOUBLE -> data.getDouble(index * 8);
            case FLOAT16 -> Float.float16ToFloat(data.getShort(index * 2));
            case BFLOAT16 -> Float.intBitsToFloat(data.getShort(index * 2) << 16);
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BOOL, STRING ->
                    throw new IllegalArgumentException(type.toString());
        };
    }

    /** One of an integer type, or a boolean. */
    static long longAt(ElementType type, ByteBuffer data, int index) {
        return switch (type) {
            case INT8 -> data.get(index);
            case UINT8 -> Byte.toUnsignedLong(data.get(index));
            case INT16 -> data.getShort(index * 2);
            case UINT16 -> Short.toUnsignedLong(data.getShort(index * 2));
            case INT32 -> data.getInt(index * 4);
            case UINT32 -> Integer.toUnsignedLong(data.getInt(index * 4));
            case INT64, UINT64 -> data.getLong(index * 8);
            case BOOL -> data.get(index) == 0 ? 0 : 1;
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16, STRING ->
                    throw new IllegalArgumentException(type.toString());
        };
    }

    /** Appends a fraction to a floating type. */
    static void put(ElementType type, ByteBuffer data, double value) {
        switch (type) {
            case FLOAT -> data.putFloat((float) value);
            case DOUBLE -> data.putDouble(value);
            case FLOAT16 -> data.putShort(Float.floatToFloat16((float) value));
            case BFLOAT16 -> data.putShort(bfloat16((float) value));
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BOOL, STRING ->
                    throw new IllegalArgumentException(type.toString());
        }
    }

    /** Appends an integer to an integer type, which must be able to hold it. */
    static void put(ElementType type, ByteBuffer data, long value) {
        switch (type) {
            case INT8 -> data.put((byte) within(value, Byte.MIN_VALUE, Byte.MAX_VALUE, type));
            case UINT8 -> data.put((byte) within(value, 0, 255, type));
            case INT16 ->
                    data.putShort((short) within(value, Short.MIN_VALUE, Short.MAX_VALUE, type));
            case UINT16 -> data.putShort((short) within(value, 0, 65_535, type));
            case INT32 ->
                    data.putInt((int) within(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type));
            case UINT32 -> data.putInt((int) within(value, 0, 0xFFFF_FFFFL, type));
            case INT64, UINT64 -> data.putLong(value);
            case BOOL -> data.put((byte) within(value, 0, 1, type));
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16, STRING ->
                    throw new IllegalArgumentException(type.toString());
        }
    }

    private static long within(long value, long least, long most, ElementType type) {
        if (value < least || value > most) {
            throw new ArithmeticException("%d, which no %s can be".formatted(value, type));
        }
        return value;
    }

    /** Rounds to the nearest, ties to even; what is not a number stays so. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
