package dev.treadle;

import java.util.Arrays;
import java.util.Optional;

/** What a tensor's elements are, in ONNX's words. */
public enum ElementType {
    FLOAT("float", 4),
    DOUBLE("double", 8),
    /** IEEE 754 half precision; {@link Float#float16ToFloat} reads one. */
    FLOAT16("float16", 2),
    /** The upper half of a {@code float}'s bits. */
    BFLOAT16("bfloat16", 2),
    INT8("int8", 1),
    INT16("int16", 2),
    INT32("int32", 4),
    INT64("int64", 8),
    UINT8("uint8", 1),
    UINT16("uint16", 2),
    UINT32("uint32", 4),
    UINT64("uint64", 8),
    /** A byte each, 0 or 1. */
    BOOL("bool", 1),
    /** Text, which lies in no buffer. */
    STRING("string", 0);

    private final String word;
    private final int bytes;

    ElementType(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /** The type of that ONNX word, e.g. {@code float16}. */
    public static Optional<ElementType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** Bytes per element; 0 for text. */
    public int bytes() {
        return bytes;
    }

    boolean isFloating() {
        return switch (this) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, BOOL, STRING -> false;
        };
    }

    /** The ONNX word. */
    @Override
    public String toString() {
        return word;
    }
}
