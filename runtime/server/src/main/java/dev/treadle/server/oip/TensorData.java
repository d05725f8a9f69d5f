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
        if (data.isMissingNode()) {
            throw OipError.bad(
                    "inputs: '%s' has no 'data', and no 'binary_data_size' among its parameters"
                            .formatted(input));
        }
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
        switch (type) {
            case FLOAT -> buffer.putFloat((float) fraction(input, type, element));
            case DOUBLE -> buffer.putDouble(fraction(input, type, element));
            case FLOAT16 ->
                    buffer.putShort(Float.floatToFloat16((float) fraction(input, type, element)));
            case BFLOAT16 -> buffer.putShort(bfloat16((float) fraction(input, type, element)));
            case INT8, UINT8 -> buffer.put((byte) whole(input, type, element));
            case INT16, UINT16 -> buffer.putShort((short) whole(input, type, element));
            case INT32, UINT32 -> buffer.putInt((int) whole(input, type, element));
            case INT64, UINT64 -> buffer.putLong(whole(input, type, element));
            case BOOL -> buffer.put((byte) (truth(input, element) ? 1 : 0));
            case STRING -> throw new IllegalArgumentException("texts lie in no buffer");
        }
    }

    private static OipError unfit(String input, ElementType type, JsonNode element) {
        return OipError.bad(
                "inputs: '%s' has %s among its data; expected %s"
                        .formatted(input, element, Datatypes.of(type)));
    }

    private static boolean truth(String input, JsonNode element) {
        if (!element.isBoolean() && !element.isNumber()) {
            throw unfit(input, ElementType.BOOL, element);
        }
        return element.isBoolean() ? element.booleanValue() : element.doubleValue() != 0;
    }

    /** A number, or the words that JSON lacks for what is none, as answers have them. */
    private static double fraction(String input, ElementType type, JsonNode element) {
        if (element.isString()) {
            return switch (element.stringValue()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw unfit(input, type, element);
            };
        }
        if (!element.isNumber()) {
            throw unfit(input, type, element);
        }
        double value = element.isBigInteger() ? big(element) : element.doubleValue();
        if (Double.isFinite(value) && Math.abs(value) >= beyond(type)) {
            throw unfit(input, type, element);
        }
        return value;
    }

    private static double big(JsonNode element) {
        return element.bigIntegerValue().doubleValue();
    }

    /** The least number that would be rounded to infinity. */
    private static double beyond(ElementType type) {
        return switch (type) {
            case FLOAT16 -> 65_520;
            case FLOAT, BFLOAT16 -> Float.MAX_VALUE + 0x1p103;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    private static short bfloat16(float value) {
        return (short) (Float.floatToRawIntBits(value) >>> 16);
    }

    private static long whole(String input, ElementType type, JsonNode element) {
        if (!element.isIntegralNumber()) {
            throw OipError.bad(
                    "inputs: '%s' has %s among its data; expected a whole number (%s)"
                            .formatted(input, element, Datatypes.of(type)));
        }
        if (type == ElementType.UINT64) {
            BigInteger value = element.bigIntegerValue();
            if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
                throw unfit(input, type, element);
            }
            return value.longValue();
        }
        long value = element.canConvertToLong() ? element.longValue() : Long.MAX_VALUE;
        if (!element.canConvertToLong() || value < least(type) || value > most(type)) {
            throw unfit(input, type, element);
        }
        return value;
    }

    private static long least(ElementType type) {
        return switch (type) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            default -> 0;
        };
    }

    private static long most(ElementType type) {
        return switch (type) {
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> 65_535;
            case INT32 -> Integer.MAX_VALUE;
            case UINT32 -> 0xFFFF_FFFFL;
            default -> Long.MAX_VALUE;
        };
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
