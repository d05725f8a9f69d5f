package dev.treadle.protocols.tensors;

import com.google.protobuf.ByteString;
import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.protocols.oip.InferTensorContents;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** The form of gRPC messages whose data is not binary: a list for each type. */
public final class TypedData {
    private TypedData() {}

    /** Whether the form has a list for the type. */
    public static boolean has(ElementType type) {
        return type != ElementType.FLOAT16 && type != ElementType.BFLOAT16;
    }

    /**
     * Reads a tensor.
     *
     * @throws BadTensor when the data does not have the shape, or is not of the type
     */
    public static Tensor read(
            String tensor, ElementType type, long[] shape, InferTensorContents data) {
        Counts.requireElements(tensor, shape, count(tensor, type, data));
        if (type == ElementType.STRING) {
            return Tensor.of(
                    data.getBytesContentsList().stream()
                            .map(text -> Utf8.read(tensor, text.asReadOnlyByteBuffer()))
                            .toList(),
                    shape);
        }
        ByteBuffer buffer = Tensor.direct(type, shape);
        switch (type) {
            case BOOL -> data.getBoolContentsList().forEach(v -> buffer.put((byte) (v ? 1 : 0)));
            case INT8 ->
                    ints(tensor, type, data, Byte.MIN_VALUE, Byte.MAX_VALUE)
                            .forEach(v -> buffer.put((byte) v));
            case INT16 ->
                    ints(tensor, type, data, Short.MIN_VALUE, Short.MAX_VALUE)
                            .forEach(v -> buffer.putShort((short) v));
            case INT32 -> data.getIntContentsList().forEach(buffer::putInt);
            case INT64 -> data.getInt64ContentsList().forEach(buffer::putLong);
            case UINT8 -> uints(tensor, type, data, 255).forEach(v -> buffer.put((byte) v));
            case UINT16 ->
                    uints(tensor, type, data, 65_535).forEach(v -> buffer.putShort((short) v));
            case UINT32 -> data.getUintContentsList().forEach(buffer::putInt);
            case UINT64 -> data.getUint64ContentsList().forEach(buffer::putLong);
            case FLOAT -> data.getFp32ContentsList().forEach(buffer::putFloat);
            case DOUBLE -> data.getFp64ContentsList().forEach(buffer::putDouble);
            case FLOAT16, BFLOAT16, STRING -> throw new IllegalArgumentException(type.toString());
        }
        return Tensor.of(type, buffer.flip(), shape);
    }

    private static int count(String tensor, ElementType type, InferTensorContents data) {
        return switch (type) {
            case BOOL -> data.getBoolContentsCount();
            case INT8, INT16, INT32 -> data.getIntContentsCount();
            case INT64 -> data.getInt64ContentsCount();
            case UINT8, UINT16, UINT32 -> data.getUintContentsCount();
            case UINT64 -> data.getUint64ContentsCount();
            case FLOAT -> data.getFp32ContentsCount();
            case DOUBLE -> data.getFp64ContentsCount();
            case STRING -> data.getBytesContentsCount();
            case FLOAT16, BFLOAT16 ->
                    throw new BadTensor(
                            tensor,
                            "is %s, which goes in binary form only".formatted(Datatypes.of(type)));
        };
    }

    private static IntStream ints(
            String tensor, ElementType type, InferTensorContents data, int least, int most) {
        return data.getIntContentsList().stream()
                .mapToInt(value -> within(tensor, type, value, least, most));
    }

    private static IntStream uints(
            String tensor, ElementType type, InferTensorContents data, int most) {
        return data.getUintContentsList().stream()
                .mapToInt(value -> within(tensor, type, value, 0, most));
    }

    private static int within(String tensor, ElementType type, int value, int least, int most) {
        if (value < least || value > most) {
            throw new BadTensor(
                    tensor,
                    "has %d among its data; expected %s".formatted(value, Datatypes.of(type)));
        }
        return value;
    }

    /** A tensor in this form; its type must have one. */
    public static InferTensorContents of(Tensor tensor) {
        InferTensorContents.Builder data = InferTensorContents.newBuilder();
        switch (tensor.type()) {
            case BOOL -> {
                for (boolean value : tensor.booleans()) {
                    data.addBoolContents(value);
                }
            }
            case INT8, INT16, INT32 -> {
                for (long value : tensor.longs()) {
                    data.addIntContents((int) value);
                }
            }
            case INT64 -> {
                for (long value : tensor.longs()) {
                    data.addInt64Contents(value);
                }
            }
            case UINT8, UINT16, UINT32 -> {
                for (long value : tensor.longs()) {
                    data.addUintContents((int) value);
                }
            }
            case UINT64 -> {
                for (long value : tensor.longs()) {
                    data.addUint64Contents(value);
                }
            }
            case FLOAT -> {
                for (float value : tensor.floats()) {
                    data.addFp32Contents(value);
                }
            }
            case DOUBLE -> {
                for (double value : tensor.doubles()) {
                    data.addFp64Contents(value);
                }
            }
            case STRING -> data.addAllBytesContents(texts(tensor.strings()));
            case FLOAT16, BFLOAT16 ->
                    throw new IllegalArgumentException(tensor.type() + " has no such form");
        }
        return data.build();
    }

    private static List<ByteString> texts(List<String> texts) {
        return texts.stream().map(ByteString::copyFromUtf8).toList();
    }
}
