package dev.treadle.trigger.nats.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import io.nats.client.Connection;
import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsLinkTest {
    private final List<String> notices = new CopyOnWriteArrayList<>();
    @TempDir Path folder;

    @Test
    void aManagedServerIsFoundStartedAndReported() throws Exception {
        NatsBinary binary = Binaries.here();
        List<Connection> told = new CopyOnWriteArrayList<>();
        try (NatsLink link = link(managed(Durability.INTERVAL))) {
            link.onConnected(told::add);
            link.start();
            Eventually.holds(() -> !told.isEmpty());

            NatsState state = link.state();
            assertThat(state.phase()).isEqualTo(NatsState.Phase.CONNECTED);
            assertThat(state.mode()).isEqualTo("managed");
            assertThat(state.version()).contains(binary.version());
            assertThat(state.since()).isPresent();
            assertThat(link.connection()).contains(told.getFirst());
            assertThat(notices)
                    .contains(
                            "%s  nats-server %s, durability %s"
                                    .formatted(
                                            state.url().orElseThrow(),
                                            binary.version(),
                                            state.durability().orElseThrow()));
        }
        assertThat(folder.resolve("pid")).doesNotExist();
    }

    @Test
    void offIsSaidToBeOff() throws Exception {
        try (NatsLink link = link(NatsSettings.off())) {
            link.start();
            assertThat(link.state().phase()).isEqualTo(NatsState.Phase.OFF);
            assertThat(link.state().detail()).contains("NATS triggers do not run");
            assertThat(link.connection()).isEmpty();
        }
    }

    @Test
    void aServerElsewhereIsEnteredWithUserAndPassword() throws Exception {
        try (NatsProcess server = foreign("authorization { user: \"ann\", password: \"secret\" }");
                NatsLink link =
                        link(external(server, new NatsSettings.UserPassword("ann", "secret")))) {
            link.start();
            Eventually.holds(() -> link.state().phase() == NatsState.Phase.CONNECTED);
            assertThat(link.state().durability()).contains("as that server is configured");
        }
    }

    @Test
    void aWrongPasswordIsTheReasonAndNeverShown() throws Exception {
        try (NatsProcess server = foreign("authorization { user: \"ann\", password: \"secret\" }");
                NatsLink link =
                        link(
                                new NatsSettings(
                                        new NatsSettings.External(
                                                List.of(
                                                        "nats://ann:hidden@127.0.0.1:"
                                                                + server.port())),
                                        new NatsSettings.Anonymous(),
                                        Optional.empty()))) {
            link.start();
            Eventually.holds(() -> link.state().detail().contains("Authorization Violation"));
            assertThat(link.state().phase()).isEqualTo(NatsState.Phase.STARTING);
            assertThat(link.state().toString()).doesNotContain("hidden");
            assertThat(notices)
                    .singleElement()
                    .asString()
                    .startsWith("cannot connect: ")
                    .endsWith("; trying on")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void anNKeyOpensTheServerThatKnowsIt() throws Exception {
        NKey key = NKey.createUser(new SecureRandom());
        Path seed = Files.writeString(folder.resolve("user.nk"), new String(key.getSeed()));
        String users =
                "authorization { users: [ { nkey: %s } ] }"
                        .formatted(new String(key.getPublicKey()));
        try (NatsProcess server = foreign(users);
                NatsLink link = link(external(server, new NatsSettings.NKeyFile(seed)))) {
            link.start();
            Eventually.holds(() -> link.state().phase() == NatsState.Phase.CONNECTED);
        }
    }

    @Test
    void aServerWithTlsIsTrustedByItsPemOnly() throws Exception {
        PemFiles pem = PemFiles.make(folder);
        String tls =
                "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", verify: true }"
                        .formatted(pem.certificate(), pem.key(), pem.certificate());
        NatsSettings.Tls trusting =
                new NatsSettings.Tls(
                        Optional.of(new NatsSettings.Trust(pem.certificate(), Optional.empty())),
                        Optional.of(new NatsSettings.Identity(pem.certificate(), pem.key())));
        try (NatsProcess server = foreign(tls);
                NatsLink link = link(withTls(server, Optional.of(trusting)));
                NatsLink stranger = link(withTls(server, Optional.empty()))) {
            link.start();
            stranger.start();
            Eventually.holds(() -> link.state().phase() == NatsState.Phase.CONNECTED);
            Eventually.holds(() -> stranger.state().detail().startsWith("cannot connect"));
        }
    }

    @Test
    void aServerThatIsBackIsConnectedToAgain() throws Exception {
        try (NatsProcess server = foreign("");
                NatsLink link = link(external(server, new NatsSettings.Anonymous()))) {
            link.start();
            Eventually.holds(() -> link.state().phase() == NatsState.Phase.CONNECTED);

            server.kill();
            Eventually.holds(() -> link.state().phase() == NatsState.Phase.RECONNECTING);
            server.startAgain();

            Eventually.holds(() -> link.state().phase() == NatsState.Phase.CONNECTED);
            // The client counts itself as connected a moment before it says that it is again.
            Eventually.holds(() -> link.state().reconnects() == 1);
        }
    }

    @Test
    void anOldServerWorksAndTheWarningNamesWhatIsMissing() throws Exception {
        NatsBinary old = Binaries.old();
        try (NatsProcess server = NatsProcess.start(old.path(), folder, "");
                NatsLink link = link(external(server, new NatsSettings.Anonymous()))) {
            link.start();
            Eventually.holds(() -> link.state().phase() == NatsState.Phase.CONNECTED);
            assertThat(link.state().warnings())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "nats-server %s is older than 2.10; missing: "
                                    .formatted(old.version()));
        }
    }

    private NatsLink link(NatsSettings settings) {
        return new NatsLink(settings, folder, notices::add, InstantSource.system());
    }

    private NatsProcess foreign(String more) throws Exception {
        return NatsProcess.start(Binaries.here().path(), folder, more);
    }

    private static NatsSettings managed(Durability durability) {
        return new NatsSettings(
                new NatsSettings.Managed(OptionalInt.of(0), durability, true),
                new NatsSettings.Anonymous(),
                Optional.empty());
    }

    private static NatsSettings external(NatsProcess server, NatsSettings.Access access) {
        return new NatsSettings(
                new NatsSettings.External(List.of("nats://127.0.0.1:" + server.port())),
                access,
                Optional.empty());
    }

    private static NatsSettings withTls(NatsProcess server, Optional<NatsSettings.Tls> tls) {
        return new NatsSettings(
                new NatsSettings.External(List.of("tls://localhost:" + server.port())),
                new NatsSettings.Anonymous(),
                tls);
    }
}
