package dev.treadle.server.oip;

import dev.treadle.ElementType;
import dev.treadle.Tensor;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A tensor's elements as JSON and as the protocol's binary form, which is little-endian. */
final class TensorData {
    private static final int LENGTH_BYTES = 4;

    private TensorData() {}

    static Tensor read(String input, ElementType type, long[] shape, JsonNode data) {
        List<JsonNode> elements = new ArrayList<>();
        flatten(data, elements);
        requireCount(input, shape, elements.size());
        if (type == ElementType.STRING) {
            return Tensor.of(elements.stream().map(TensorData::text).toList(), shape);
        }
        ByteBuffer buffer = Tensor.direct(type, shape);
        elements.forEach(element -> put(input, type, element, buffer));
        return Tensor.of(type, buffer.flip(), shape);
    }

    private static void flatten(JsonNode data, List<JsonNode> elements) {
        if (data.isArray()) {
            data.forEach(each -> flatten(each, elements));
        } else {
            elements.add(data);
        }
    }

    private static String text(JsonNode element) {
        return element.isString() ? element.stringValue() : element.toString();
    }

    private static void put(String input, ElementType type, JsonNode element, ByteBuffer buffer) {
        boolean isBool = type == ElementType.BOOL;
        if (isBool ? !(element.isBoolean() || element.isNumber()) : !element.isNumber()) {
            throw OipError.bad(
                    "inputs: '%s' has %s among its data; expected %s"
                            .formatted(input, element, Datatypes.of(type)));
        }
        switch (type) {
            case FLOAT -> buffer.putFloat(element.floatValue());
            case DOUBLE -> buffer.putDouble(element.doubleValue());
            case FLOAT16 -> buffer.putShort(Float.floatToFloat16(element.floatValue()));
            case BFLOAT16 ->
                    buffer.putShort((short) (Float.floatToRawIntBits(element.floatValue()) >>> 16));
            case INT8, UINT8 -> buffer.put((byte) whole(input, type, element));
            case INT16, UINT16 -> buffer.putShort((short) whole(input, type, element));
            case INT32, UINT32 -> buffer.putInt((int) whole(input, type, element));
            case INT64, UINT64 -> buffer.putLong(whole(input, type, element));
            case BOOL -> buffer.put((byte) (truth(element) ? 1 : 0));
            case STRING -> throw new IllegalArgumentException("texts lie in no buffer");
        }
    }

    private static boolean truth(JsonNode element) {
        return element.isBoolean() ? element.booleanValue() : element.doubleValue() != 0;
    }

    private static long whole(String input, ElementType type, JsonNode element) {
        if (!element.isIntegralNumber()) {
            throw OipError.bad(
                    "inputs: '%s' has %s among its data; expected a whole number (%s)"
                            .formatted(input, element, Datatypes.of(type)));
        }
        return element.bigIntegerValue().longValue();
    }

    /** Reads the binary form. */
    static Tensor read(String input, ElementType type, long[] shape, ByteBuffer data) {
        data.order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.STRING) {
            List<String> texts = texts(input, data);
            requireCount(input, shape, texts.size());
            return Tensor.of(texts, shape);
        }
        try {
            ByteBuffer buffer = Tensor.direct(type, shape);
            if (buffer.remaining() == data.remaining()) {
                return Tensor.of(type, swapped(type, data, buffer), shape);
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw OipError.bad("inputs: '%s': %s".formatted(input, e.getMessage()));
        }
        throw OipError.bad(
                "inputs: '%s' has %d bytes of binary data, which its shape does not have"
                        .formatted(input, data.remaining()));
    }

    private static List<String> texts(String input, ByteBuffer data) {
        List<String> texts = new ArrayList<>();
        while (data.hasRemaining()) {
            int length = data.remaining() < LENGTH_BYTES ? -1 : data.getInt();
            if (length < 0 || length > data.remaining()) {
                throw OipError.bad(
                        "inputs: '%s' has binary data that ends within an element"
                                .formatted(input));
            }
            byte[] text = new byte[length];
            data.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static void requireCount(String input, long[] shape, int found) {
        long expected = 1;
        for (long size : shape) {
            expected = Math.multiplyExact(expected, Math.max(0, size));
        }
        if (expected != found) {
            throw OipError.bad(
                    "inputs: '%s' has %d elements, its shape %d".formatted(input, found, expected));
        }
    }

    /** Copies elements between the protocol's byte order and the machine's; they are mostly one. */
    private static ByteBuffer swapped(ElementType type, ByteBuffer from, ByteBuffer to) {
        if (from.order() == to.order() || type.bytes() == 1) {
            return to.put(from).flip();
        }
        while (from.hasRemaining()) {
            switch (type.bytes()) {
                case 2 -> to.putShort(from.getShort());
                case 4 -> to.putInt(from.getInt());
                default -> to.putLong(from.getLong());
            }
        }
        return to.flip();
    }

    /** All elements in a row. */
    static ArrayNode json(Tensor tensor) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        switch (tensor.type()) {
            case STRING -> tensor.strings().forEach(data::add);
            case BOOL -> {
                for (boolean value : tensor.booleans()) {
                    data.add(value);
                }
            }
            case FLOAT, FLOAT16, BFLOAT16 -> {
                for (float value : tensor.floats()) {
                    data.add(value);
                }
            }
            case DOUBLE -> {
                for (double value : tensor.doubles()) {
                    data.add(value);
                }
            }
            case UINT64 -> {
                for (long value : tensor.longs()) {
                    data.add(new BigInteger(Long.toUnsignedString(value)));
                }
            }
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> {
                for (long value : tensor.longs()) {
                    data.add(value);
                }
            }
        }
        return data;
    }

    /** The binary form. */
    static byte[] binary(Tensor tensor) {
        if (tensor.type() != ElementType.STRING) {
            ByteBuffer from = tensor.bytes();
            ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            return swapped(tensor.type(), from, to).array();
        }
        List<byte[]> texts =
                tensor.strings().stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
        int size = texts.stream().mapToInt(text -> LENGTH_BYTES + text.length).sum();
        ByteBuffer all = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        texts.forEach(text -> all.putInt(text.length).put(text));
        return all.array();
    }
}
