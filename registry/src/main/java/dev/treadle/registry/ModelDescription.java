package dev.treadle.registry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a model's file.
 *
 * @param inputs what it takes, in the file's order
 * @param outputs what it gives, in the file's order
 * @param metadata what its maker wrote into it: producer, graph, version, and their own keys
 * @param bytes the file's size
 */
public record ModelDescription(
        List<TensorInfo> inputs,
        List<TensorInfo> outputs,
        Map<String, String> metadata,
        long bytes) {
    public ModelDescription {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }
}
