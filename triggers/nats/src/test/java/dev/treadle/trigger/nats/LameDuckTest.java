package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import dev.treadle.trigger.nats.server.NatsLink;
import dev.treadle.trigger.nats.server.NatsSettings;
import dev.treadle.trigger.nats.server.NatsState;
import dev.treadle.trigger.nats.server.NatsText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that announces its stop, with streams at a hub that stays. */
class LameDuckTest {
    private static final int EVENTS = 200;

    /** It says so for as long as it may: a client that does not move is still there then. */
    private static final String SLOW_STOP =
            "lame_duck_duration: \"600s\"\nlame_duck_grace_period: \"300s\"\n";

    @TempDir Path folder;
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private NatsProcess hub;
    private int leafPort;

    @BeforeEach
    void startHub() throws Exception {
        leafPort = freePort();
        hub = server("hub", "leafnodes { listen: \"127.0.0.1:%d\" }".formatted(leafPort));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
    }

    private NatsProcess server(String name, String more) throws IOException {
        NatsProcess server =
                NatsProcess.start(
                        NatsRelease.CURRENT.require(),
                        Files.createDirectories(folder.resolve(name)),
                        more);
        toClose.add(server);
        return server;
    }

    /** A server without streams of its own, before the hub. */
    private NatsProcess front(String name) throws IOException {
        return server(
                name,
                """
                jetstream: disabled
                leafnodes { remotes: [ { url: "nats-leaf://127.0.0.1:%d" } ] }
                """
                                .formatted(leafPort)
                        + SLOW_STOP);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private NatsLink link(List<String> urls) {
        NatsLink link =
                new NatsLink(
                        new NatsSettings(
                                new NatsSettings.External(urls),
                                new NatsSettings.Anonymous(),
                                Optional.empty()),
                        folder.resolve("link"),
                        _ -> {},
                        InstantSource.system());
        toClose.add(link);
        link.start();
        Eventually.holds(() -> link.state().phase() == NatsState.Phase.CONNECTED);
        return link;
    }

    private static void announceStop(NatsProcess server) throws Exception {
        Process signal =
                new ProcessBuilder(
                                NatsRelease.CURRENT.require().toString(),
                                "--signal",
                                "ldm=" + server.pid())
                        .inheritIO()
                        .start();
        assertThat(signal.waitFor()).isZero();
    }

    @Test
    void eventsGoOnAtAnotherServer() throws Exception {
        NatsProcess one = front("one");
        NatsProcess two = front("two");
        NatsLink link = link(List.of(one.url(), two.url()));
        boolean atOne = link.state().detail().equals("connected to " + one.url());
        NatsProcess left = atOne ? one : two;
        NatsProcess right = atOne ? two : one;
        try (TestNode node = new TestNode(link, _ -> TestNode.done())) {
            NatsTrigger trigger = node.start(TestNode.config("f"));
            Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.RUNNING);
            publish(0, EVENTS / 2);
            Eventually.holds(() -> node.requests.size() >= EVENTS / 4);

            announceStop(left);

            publish(EVENTS / 2, EVENTS);
            Eventually.holds(
                    () -> link.state().detail().equals("connected again, to " + right.url()));
            Eventually.holds(() -> node.texts().containsAll(texts(0, EVENTS)));
            assertThat(link.state().stopping()).isFalse();
            assertThat(left.isAlive()).isTrue();
        }
    }

    @Test
    void aLoneServersStopIsAnnouncedAndItsReturnAwaited() throws Exception {
        NatsProcess front = front("one");
        NatsLink link = link(List.of(front.url()));
        try (TestNode node = new TestNode(link, _ -> TestNode.done())) {
            NatsTrigger trigger = node.start(TestNode.config("f"));
            Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.RUNNING);

            announceStop(front);

            Eventually.holds(() -> link.state().stopping());
            assertThat(link.state().detail())
                    .isEqualTo(
                            "the server %s stops soon; no other is known, so waiting for it to be back"
                                    .formatted(front.url()));
            assertThat(NatsText.line(link.state())).endsWith(", stops soon");
            publish(0, 10);
            Eventually.holds(() -> node.texts().containsAll(texts(0, 10)));

            front.kill();
            publish(10, 20);
            front.startAgain();

            Eventually.holds(() -> node.texts().containsAll(texts(0, 20)));
            assertThat(link.state().stopping()).isFalse();
        }
    }

    private void publish(int from, int to) throws Exception {
        try (io.nats.client.Connection connection = io.nats.client.Nats.connect(hub.url())) {
            for (String text : texts(from, to)) {
                connection.jetStream().publish("s.a", text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "e" + number).toList();
    }
}
