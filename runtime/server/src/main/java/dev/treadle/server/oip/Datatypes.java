package dev.treadle.server.oip;

import dev.treadle.ElementType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The protocol's words for element types. */
final class Datatypes {
    private Datatypes() {}

    static String of(ElementType type) {
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

    static ElementType read(String input, String datatype) {
        return Arrays.stream(ElementType.values())
                .filter(type -> of(type).equals(datatype))
                .findFirst()
                .orElseThrow(
                        () ->
                                OipError.bad(
                                        "inputs: '%s' has the datatype '%s'; expected one of %s"
                                                .formatted(
                                                        input,
                                                        datatype,
                                                        Arrays.stream(ElementType.values())
                                                                .map(Datatypes::of)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }
}
