package dev.treadle.server;

import dev.treadle.trigger.http.HttpTriggerConfig.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads which certificate a listener shows. For one thread. */
final class TlsReader {
    private final ConfigKeys keys;
    private final List<String> errors;

    TlsReader(ConfigKeys keys, List<String> errors) {
        this.keys = keys;
        this.errors = errors;
    }

    /**
     * Empty when there is none.
     *
     * @param key of the listener, such as {@code http}
     */
    Optional<Tls> read(String key) {
        Optional<String> cert = keys.text(key + ".tls.cert");
        Optional<String> certsKey = keys.text(key + ".tls.key");
        if (cert.isPresent() != certsKey.isPresent()) {
            errors.add("%s.tls needs both cert and key, paths of PEM files".formatted(key));
        }
        if (cert.isEmpty() || certsKey.isEmpty()) {
            return Optional.empty();
        }
        for (String path : List.of(cert.get(), certsKey.get())) {
            if (!Files.isReadable(Path.of(path))) {
                errors.add("%s.tls: %s cannot be read".formatted(key, path));
            }
        }
        return Optional.of(new Tls(Path.of(cert.get()), Path.of(certsKey.get())));
    }
}
