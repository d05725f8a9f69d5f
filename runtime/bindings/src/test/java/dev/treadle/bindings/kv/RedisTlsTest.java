package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.redis.RedisHome;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.redis.RedisSettings.Address;
import dev.treadle.testkit.FreePort;
import dev.treadle.testkit.LocalhostCertificate;
import dev.treadle.testkit.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis that speaks TLS. */
class RedisTlsTest {
    @TempDir Path folder;

    @Test
    void aServerIsKnownByItsCertificateAndItsName() throws Exception {
        LocalhostCertificate made = LocalhostCertificate.make(folder);
        Path cert = made.cert();
        int port = FreePort.next();
        try (RedisProcess _ =
                RedisProcess.start(
                        folder,
                        "--tls-port",
                        "" + port,
                        "--tls-cert-file",
                        cert.toString(),
                        "--tls-key-file",
                        made.key().toString(),
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
                        new RedisHome(settings, 8, Duration.ofSeconds(30)),
                        () -> ThreadLocalRandom.current().nextLong())) {
            return provider.trouble();
        }
    }
}
