package dev.treadle.server;

import dev.treadle.bindings.vectors.qdrant.QdrantSettings;
import java.util.List;

/** Reads which Qdrant is behind a store. For one thread. */
final class QdrantReader {
    private static final int PORT = 6334;

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the store
     */
    QdrantReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    QdrantSettings read() {
        EndpointReader.Endpoint at = new EndpointReader(keys, errors, key).read(PORT);
        return new QdrantSettings(
                at.host(),
                at.port(),
                at.tls(),
                at.ca(),
                keys.text(key + ".api-key"),
                keys.integer(key + ".replicas", 1, 100, 1));
    }
}
