package dev.treadle.bindings.model.oip;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model of another server, and how to get in. Prints no token.
 *
 * @param port for gRPC
 * @param ca a PEM file with the certificates to trust; empty for the JDK's
 * @param token which is sent as a bearer token
 * @param name what the server calls it; empty when it has the same name there
 * @param version of it; empty for what the server chooses
 */
public record OipModel(
        String host,
        int port,
        boolean tls,
        Optional<Path> ca,
        Optional<String> token,
        Optional<String> name,
        Optional<String> version) {
    /** For people. */
    public String text() {
        return "oip at %s:%d".formatted(host, port);
    }

    @Override
    public String toString() {
        return "%s, tls %s, %s, model %s, version %s"
                .formatted(
                        text(),
                        tls,
                        token.isPresent() ? "with a token" : "without a token",
                        name.orElse("of the same name"),
                        version.orElse("any"));
    }
}
