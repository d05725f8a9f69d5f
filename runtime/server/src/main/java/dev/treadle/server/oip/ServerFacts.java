package dev.treadle.server.oip;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What the protocol tells of the node.
 *
 * @param isReady whether it takes requests
 */
record ServerFacts(String version, BooleanSupplier isReady) {
    static final String NAME = "treadle";
    static final List<String> EXTENSIONS = List.of("binary_tensor_data");
}
