package dev.treadle.server.oip;

import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.protocols.tensors.Counts;
import dev.treadle.protocols.tensors.Datatypes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A tensor's elements as JSON. */
final class TensorData {
    private TensorData() {}

    static Tensor read(String input, ElementType type, long[] shape, JsonNode data) {
        List<JsonNode> elements = new ArrayList<>();
        flatten(data, elements);
        Counts.requireElements(input, shape, elements.size());
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
}
