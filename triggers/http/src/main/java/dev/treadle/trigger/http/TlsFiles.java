package dev.treadle.trigger.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;

/** Certificates for listeners. */
public final class TlsFiles {
    private TlsFiles() {}

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when they cannot be used; says why
     */
    public static Tls read(HttpTriggerConfig.Tls files) {
        try {
            Keys keys =
                    Keys.builder()
                            .pem(
                                    pem ->
                                            pem.key(Resource.create(files.key()))
                                                    .certChain(
                                                            Resource.create(files.certificates())))
                            .build();
            return Tls.builder()
                    .privateKey(keys.privateKey().orElseThrow())
                    .privateKeyCertChain(keys.certChain())
                    .build();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "cannot serve TLS with the certificates in "
                            + files.certificates()
                            + " and the key in "
                            + files.key()
                            + ": "
                            + e.getMessage()
                            + ". Both must be PEM, and the key not encrypted.",
                    e);
        }
    }
}
