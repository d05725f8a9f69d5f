package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A certificate for localhost that signs itself, and its key, in PEM. */
record PemFiles(Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    static PemFiles make(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        Commands.run(
                folder,
                Duration.ofSeconds(30),
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "eku=serverAuth,clientAuth",
                "-ext",
                "bc=ca:true",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey("it", PASSWORD.toCharArray());
        return new PemFiles(
                write(
                        folder.resolve("cert.pem"),
                        "CERTIFICATE",
                        keys.getCertificate("it").getEncoded()),
                write(folder.resolve("key.pem"), "PRIVATE KEY", key.getEncoded()));
    }

    private static Path write(Path file, String kind, byte[] content) throws IOException {
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content);
        return Files.writeString(
                file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind));
    }
}
