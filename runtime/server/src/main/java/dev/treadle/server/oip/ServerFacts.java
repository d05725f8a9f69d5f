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

    /**
     * Parameters that change what a tensor is or where it lies. To pass them over would be to
     * answer something else than was asked.
     */
    static final List<String> UNKNOWN =
            List.of("classification", "shared_memory_region", "shared_memory_byte_size");
}
