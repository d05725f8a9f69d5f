package dev.treadle.bindings.table.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.table.cassandra.CassandraSettings.Address;
import dev.treadle.bindings.table.cassandra.CassandraSettings.Login;
import dev.treadle.bindings.table.cassandra.CassandraSettings.Tls;
import dev.treadle.testkit.CassandraProcess;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.LocalhostCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Cassandra that speaks TLS and wants a password. */
class CassandraTlsTest {
    private static final Login RIGHT =
            new Login(Optional.of("cassandra"), Optional.of("cassandra"));
    private static final Login WRONG = new Login(Optional.of("cassandra"), Optional.of("wr0ng"));

    @TempDir Path folder;

    @Test
    void aServerIsKnownByItsCertificateAndTheNodeByItsPassword() throws Exception {
        LocalhostCertificate certificate = LocalhostCertificate.make(folder);
        Path trusted = certificate.cert();
        try (CassandraProcess server =
                CassandraProcess.start(
                        folder,
                        """
                        authenticator: PasswordAuthenticator
                        client_encryption_options:
                          enabled: true
                          optional: false
                          keystore: %s
                          keystore_password: changeit
                          store_type: PKCS12
                        """
                                .formatted(folder.resolve("keys.p12")))) {
            int port = server.port();

            Eventually.holds(
                    () -> trouble("localhost", port, Optional.of(trusted), RIGHT).isEmpty());
            String[] refused = {""};
            Eventually.holds( // a server that has just begun may be slow to look at passwords
                    () -> {
                        refused[0] =
                                trouble("localhost", port, Optional.of(trusted), WRONG)
                                        .orElseThrow();
                        return refused[0].contains("incorrect");
                    });
            assertThat(refused[0]).contains("Cassandra: ").doesNotContain("wr0ng");
            assertThat(trouble("localhost", port, Optional.empty(), RIGHT)).isPresent();
        }
        assertThat(WRONG.toString()).doesNotContain("wr0ng");
    }

    private static Optional<String> trouble(String host, int port, Optional<Path> ca, Login login) {
        CassandraSettings settings =
                new CassandraSettings(
                        List.of(new Address(host, port)),
                        "datacenter1",
                        "shop",
                        Map.of("datacenter1", 1),
                        Optional.of(new Tls(ca)),
                        login);
        try (CassandraHome home = new CassandraHome(settings)) {
            return new CassandraTableProvider(
                            home, CassandraTableProvider.CONSISTENCY, Duration.ofSeconds(5))
                    .trouble();
        }
    }
}
