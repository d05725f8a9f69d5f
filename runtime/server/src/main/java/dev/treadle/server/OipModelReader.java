package dev.treadle.server;

import dev.treadle.bindings.model.oip.OipModel;
import java.util.List;

/** Reads which server runs a model. For one thread. */
final class OipModelReader {
    /** That of Triton and KServe. */
    private static final int PORT = 8001;

    private final ConfigKeys keys;
    private final List<String> errors;
    private final String key;

    /**
     * @param key of the model
     */
    OipModelReader(ConfigKeys keys, List<String> errors, String key) {
        this.keys = keys;
        this.errors = errors;
        this.key = key;
    }

    OipModel read() {
        EndpointReader.Endpoint at = new EndpointReader(keys, errors, key).read(PORT);
        return new OipModel(
                at.host(),
                at.port(),
                at.tls(),
                at.ca(),
                keys.text(key + ".token"),
                keys.text(key + ".model"),
                keys.text(key + ".version"));
    }
}
