package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.redis.RedisHome;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.redis.RedisSettings.Address;
import dev.treadle.testkit.RedisProcess;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis that speaks TLS. */
class RedisTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir Path folder;

    @Test
    void aServerIsKnownByItsCertificateAndItsName() throws Exception {
        Path cert = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        certificate(cert, key);
        int port = RedisProcess.freePort();
        try (RedisProcess _ =
                RedisProcess.start(
                        folder,
                        "--tls-port",
                        "" + port,
                        "--tls-cert-file",
                        cert.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-auth-clients",
                        "no")) {

            assertThat(trouble("localhost", port, Optional.of(cert))).isEmpty();
            assertThat(trouble("localhost", port, Optional.empty()).orElseThrow())
                    .contains("certification path");
            assertThat(trouble("127.0.0.1", port, Optional.of(cert)).orElseThrow())
                    .contains("subject alternative names");
        }
    }

    private static Optional<String> trouble(String host, int port, Optional<Path> ca) {
        RedisSettings settings =
                new RedisSettings(
                        List.of(new Address(host, port)),
                        new RedisSettings.Mode.Standalone(),
                        Optional.of(new RedisSettings.Tls(ca)),
                        RedisSettings.Login.NONE,
                        0);
        try (RedisKvProvider provider =
                new RedisKvProvider(
                        new RedisHome(settings, 8, Duration.ofSeconds(2)),
                        () -> ThreadLocalRandom.current().nextLong())) {
            return provider.trouble();
        }
    }

    /** For localhost, by that name alone. */
    private void certificate(Path cert, Path key) throws Exception {
        Path store = folder.resolve("keys.p12");
        int status =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "redis",
                                "-keyalg",
                                "RSA",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(status).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(cert, "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        pem(key, "PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
    }

    private static void pem(Path file, String kind, byte[] bytes) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind));
    }
}
