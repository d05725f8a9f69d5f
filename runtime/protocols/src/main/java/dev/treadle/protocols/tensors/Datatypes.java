package dev.treadle.protocols.tensors;

import dev.treadle.ElementType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The protocol's words for element types. */
public final class Datatypes {
    private Datatypes() {}

    public static String of(ElementType type) {
        return switch (type) {
            case BOOL -> "BOOL";
            case INT8 -> "INT8";
            case INT16 -> "INT16";
            case INT32 -> "INT32";
            case INT64 -> "INT64";
            case UINT8 -> "UINT8";
            case UINT16 -> "UINT16";
            case UINT32 -> "UINT32";
            case UINT64 -> "UINT64";
            case FLOAT16 -> "FP16";
            case BFLOAT16 -> "BF16";
            case FLOAT -> "FP32";
            case DOUBLE -> "FP64";
            case STRING -> "BYTES";
        };
    }

    /**
     * The type that a tensor says it has.
     *
     * @throws BadTensor when the word is none of the protocol's
     */
    public static ElementType read(String tensor, String datatype) {
        return Arrays.stream(ElementType.values())
                .filter(type -> of(type).equals(datatype))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadTensor(
                                        tensor,
                                        "has the datatype '%s'; expected one of %s"
                                                .formatted(datatype, words())));
    }

    private static String words() {
        return Arrays.stream(ElementType.values())
                .map(Datatypes::of)
                .collect(Collectors.joining(", "));
    }
}
