package dev.treadle.bindings.vectors.qdrant;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which Qdrant, and how to get in. Prints no key.
 *
 * @param port for gRPC
 * @param ca a PEM file with the certificates to trust; empty for the JDK's
 * @param replicas how many nodes of a cluster keep each point of a store that is begun
 */
public record QdrantSettings(
        String host,
        int port,
        boolean tls,
        Optional<Path> ca,
        Optional<String> apiKey,
        int replicas) {
    /** For people. */
    public String text() {
        return "qdrant at %s:%d".formatted(host, port);
    }

    @Override
    public String toString() {
        return "%s, tls %s, %s, %d replicas"
                .formatted(
                        text(), tls, apiKey.isPresent() ? "with a key" : "without a key", replicas);
    }
}
