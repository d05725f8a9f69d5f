package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.trigger.nats.server.NatsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The NATS server: {@code nats} in the configuration. */
class NatsReaderTest {
    @TempDir Path folder;

    @Test
    void natsElsewhereHasItsUrlsAccessAndTls() throws Exception {
        Path pem = Files.writeString(folder.resolve("x.pem"), "");

        NatsSettings nats =
                read("""
                     nats:
                       server: nats://a:1, tls://b:2
                       nkey: %s
                       tls: {ca: %s, cert: %s, key: %s}
                     """
                                .formatted(pem, pem, pem, pem))
                        .nats();

        assertThat(nats)
                .isEqualTo(
                        new NatsSettings(
                                new NatsSettings.External(List.of("nats://a:1", "tls://b:2")),
                                new NatsSettings.NKeyFile(pem),
                                Optional.of(
                                        new NatsSettings.Tls(
                                                Optional.of(
                                                        new NatsSettings.Trust(
                                                                pem, Optional.empty())),
                                                Optional.of(
                                                        new NatsSettings.Identity(pem, pem))))));
        assertThat(read("nats: {server: nats://a, credentials: %s}".formatted(pem)).nats().access())
                .isEqualTo(new NatsSettings.CredentialsFile(pem));
        assertThat(read("nats: {server: nats://a, user: u, password: p}").nats().access())
                .isEqualTo(new NatsSettings.UserPassword("u", "p"));
        assertThat(
                        read("nats: {server: nats://a, tls: {truststore: %s, truststore-password: x}}"
                                        .formatted(pem))
                                .nats()
                                .tls()
                                .orElseThrow()
                                .trust())
                .contains(new NatsSettings.Trust(pem, Optional.of("x")));
    }

    @Test
    void natsCanBeOff() throws Exception {
        assertThat(read("nats: {server: off}").nats()).isEqualTo(NatsSettings.off());
        assertThat(ConfigReader.read(UpFlags.parse("--nats", "off"), Map.of()).nats())
                .isEqualTo(NatsSettings.off());
    }

    @Test
    void whatDoesNotFitTogetherInNatsIsSaid() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        nats:
                                          server: somewhere
                                          port: 1
                                          durability: always
                                          user: ann
                                          nkey: nowhere.nk
                                          tls: {cert: nowhere.pem}
                                        """))
                .hasMessageContaining(
                        "- nats.server: expected managed, off or URLs such as nats://host:4222, found"
                                + " 'somewhere'")
                .hasMessageContaining("- nats.port is for the managed server")
                .hasMessageContaining(
                        "- nats.durability: expected fsync or interval, found 'always'")
                .hasMessageContaining("- nats: user and password come together")
                .hasMessageContaining("- nats.nkey: nowhere.nk cannot be read")
                .hasMessageContaining("- nats.tls needs both cert and key, paths of PEM files");
        assertThatThrownBy(() -> read("nats: {user: ann, password: x, auth: maybe}"))
                .hasMessageContaining("are for a server elsewhere")
                .hasMessageContaining("- nats.auth: expected none or password, found 'maybe'");
    }

    private NodeConfig read(String yaml) throws Exception {
        return TestConfig.read(folder, yaml);
    }
}
