package dev.treadle.trigger.nats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedNatsServerTest {
    private static final NatsSettings.Managed ANY_PORT =
            new NatsSettings.Managed(OptionalInt.of(0), Durability.INTERVAL, true);

    private final List<String> notices = new CopyOnWriteArrayList<>();
    @TempDir Path folder;

    @Test
    void itsNodeIsLetInAndStrangersAreNot() throws Exception {
        try (ManagedNatsServer server = start(ANY_PORT)) {
            try (Connection connection = connect(server)) {
                assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
            }
            assertThatThrownBy(() -> Nats.connect(stranger(server)))
                    .isInstanceOf(AuthenticationException.class);
            assertThat(Files.readString(folder.resolve("url")))
                    .startsWith("nats://treadle:")
                    .endsWith(server.url().substring("nats://".length()) + "\n");
            for (String secret : List.of("password", "url", "nats-server.conf")) {
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(folder.resolve(secret))))
                        .as(secret)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aClosedOneLeavesNothingThatRuns() throws Exception {
        ManagedNatsServer server = start(ANY_PORT);
        long pid = pid();

        server.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder.resolve("pid")).doesNotExist();
        assertThat(folder.resolve("url")).doesNotExist();
    }

    @Test
    void aKilledServerComesBackOnItsPortWithWhatItHadStored() throws Exception {
        try (ManagedNatsServer server = start(ANY_PORT);
                Connection connection = connect(server)) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder().name("KEPT").subjects("kept").build());
            connection.jetStream().publish("kept", "x".getBytes(StandardCharsets.UTF_8));
            String url = server.url();

            assertThat(ProcessHandle.of(pid()).orElseThrow().destroyForcibly()).isTrue();

            Eventually.holds(() -> server.restarts() == 1 && server.isRunning());
            assertThat(server.url()).isEqualTo(url);
            Eventually.holds(() -> messages(connection, "KEPT") == 1);
        }
    }

    @Test
    void aServerThatOutlivedItsNodeIsStoppedFirst() throws Exception {
        ServerFolder left = new ServerFolder(folder);
        try (NatsProcess stale = NatsProcess.start(Binaries.here().path(), folder, "")) {
            Files.move(stale.config(), left.config());
            left.writePid(stale.pid());
            try (ManagedNatsServer server = start(ANY_PORT)) {
                assertThat(stale.isAlive()).as("not ours by its configuration").isTrue();
                assertThat(server.isRunning()).isTrue();
            }
        }
        Process stale =
                new ProcessBuilder(
                                Binaries.here().path().toString(), "-c", left.config().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        left.writePid(stale.pid());
        try (ManagedNatsServer server = start(ANY_PORT)) {
            assertThat(stale.isAlive()).isFalse();
            assertThat(server.isRunning()).isTrue();
            assertThat(notices).anyMatch(line -> line.contains("of a node that was killed"));
        } finally {
            stale.destroyForcibly();
        }
    }

    @Test
    void aKilledNodeTakesItsServerWithIt() throws Exception {
        NatsBinary binary = Binaries.here();
        Process node =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                MortalNode.class.getName(),
                                binary.path().toString(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("node.log").toFile())
                        .start();
        Eventually.holds(() -> Files.exists(folder.resolve("url")) || !node.isAlive());
        ProcessHandle server = ProcessHandle.of(pid()).orElseThrow();

        node.destroyForcibly();

        Eventually.holds(() -> !server.isAlive());
    }

    @Test
    void aNamedPortThatIsTakenIsWaitedFor() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ManagedNatsServer server =
                        server(
                                new NatsSettings.Managed(
                                        OptionalInt.of(taken.getLocalPort()),
                                        Durability.INTERVAL,
                                        true),
                                NatsSettings.PORT)) {
            server.start();
            String reason = "port %d is in use by something else".formatted(taken.getLocalPort());
            Eventually.holds(() -> server.detail().equals("restarting: " + reason));

            taken.close();

            server.awaitReady();
            assertThat(server.url()).endsWith(":" + taken.getLocalPort());
        }
    }

    @Test
    void whereTheUsualPortIsTakenAFreeOneIsAndThatIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ManagedNatsServer server =
                        server(
                                new NatsSettings.Managed(
                                        OptionalInt.empty(), Durability.INTERVAL, true),
                                taken.getLocalPort())) {
            server.start();
            server.awaitReady();

            assertThat(server.url()).doesNotEndWith(":" + taken.getLocalPort());
            assertThat(notices)
                    .containsExactly(
                            "port %d is in use by something else: taking %s; --nats-port names another"
                                    .formatted(
                                            taken.getLocalPort(),
                                            server.url().replaceFirst(".*:", "")));
        }
    }

    @Test
    void aStoreThatCannotBeUsedIsGivenAsTheReason() throws Exception {
        Files.writeString(folder.resolve("store"), "not a folder");
        try (ManagedNatsServer server = server(ANY_PORT, NatsSettings.PORT)) {
            server.start();
            Eventually.holds(() -> server.detail().contains("nats-server ended with status 1"));
        }
    }

    private ManagedNatsServer start(NatsSettings.Managed settings) throws InterruptedException {
        ManagedNatsServer server = server(settings, NatsSettings.PORT);
        server.start();
        server.awaitReady();
        return server;
    }

    private ManagedNatsServer server(NatsSettings.Managed settings, int usualPort)
            throws InterruptedException {
        return new ManagedNatsServer(Binaries.here(), folder, settings, usualPort, notices::add);
    }

    private static Options stranger(ManagedNatsServer server) throws IOException {
        return ConnectionOptions.of(
                List.of(server.url()),
                new NatsSettings.Anonymous(),
                Optional.empty(),
                (_, _) -> {});
    }

    private Connection connect(ManagedNatsServer server) throws Exception {
        Options options =
                ConnectionOptions.of(
                        List.of(server.url()), server.access(), Optional.empty(), (_, _) -> {});
        return Nats.connect(options);
    }

    private long pid() throws IOException {
        return new ServerFolder(folder).pid().orElseThrow();
    }

    private static long messages(Connection connection, String stream) {
        try {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo(stream)
                    .getStreamState()
                    .getMsgCount();
        } catch (Exception e) {
            return -1; // not connected again yet
        }
    }
}
