package dev.treadle.registry.files;

import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Split;
import dev.treadle.registry.Version;
import dev.treadle.registry.Versioned;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store has to know of functions or of models to keep them.
 *
 * @param <R> a release
 * @param <D> all releases and aliases of one name
 */
interface Kind<R extends Version, D extends Versioned<R>> {
    /** {@code function} or {@code model}; the name of its file and of a key in it. */
    String word();

    /** What brings a lost one back: {@code deploy the function hello anew}. */
    String remedy(String name);

    RegistryException unknown(String name);

    D of(
            String name,
            SortedMap<Integer, R> releases,
            SortedMap<String, Split> aliases,
            Optional<Split> previous);

    /** Writes what is not common to all releases. */
    void write(R release, ObjectNode json);

    /** Reads a release; throws an unchecked exception for what is none of ours. */
    R read(String name, JsonNode json);
}
