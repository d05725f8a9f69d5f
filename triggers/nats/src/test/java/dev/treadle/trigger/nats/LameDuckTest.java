package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import dev.treadle.trigger.nats.server.NatsLink;
import dev.treadle.trigger.nats.server.NatsSettings;
import dev.treadle.trigger.nats.server.NatsState;
import dev.treadle.trigger.nats.server.NatsText;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that announces its stop. */
class LameDuckTest {
    /** It says so for as long as it may: a client that does not move is still there then. */
    private static final String SLOW_STOP =
            "lame_duck_duration: \"600s\"\nlame_duck_grace_period: \"300s\"\n";

    @TempDir Path folder;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
    }

    private NatsProcess server(String name) throws IOException {
        NatsProcess server =
                NatsProcess.start(
                        NatsRelease.CURRENT.require(),
                        Files.createDirectories(folder.resolve(name)),
                        SLOW_STOP);
        toClose.add(server);
        return server;
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
    void theConnectionMovesToAnotherServerAtOnce() throws Exception {
        NatsProcess one = server("one");
        NatsProcess two = server("two");
        NatsLink link = link(List.of(one.url(), two.url()));
        boolean atOne = link.state().detail().equals("connected to " + one.url());
        NatsProcess left = atOne ? one : two;
        NatsProcess right = atOne ? two : one;

        announceStop(left);

        Eventually.holds(() -> link.state().detail().equals("connected again, to " + right.url()));
        assertThat(link.state().stopping()).isFalse();
        assertThat(left.isAlive()).isTrue();
    }

    @Test
    void aLoneServersStopIsAnnouncedAndItsReturnAwaited() throws Exception {
        NatsProcess server = server("one");
        NatsLink link = link(List.of(server.url()));
        try (TestNode node = new TestNode(link, _ -> TestNode.done())) {
            NatsTrigger trigger = node.start(TestNode.config("f"));
            Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.RUNNING);

            announceStop(server);

            Eventually.holds(() -> link.state().stopping());
            assertThat(link.state().detail())
                    .isEqualTo(
                            "the server %s stops soon; no other is known, so waiting for it to be back"
                                    .formatted(server.url()));
            assertThat(NatsText.line(link.state())).endsWith(", stops soon");
            server.kill();
            server.startAgain();
            publish(server, 0, 10);
            Eventually.holds(() -> node.texts().containsAll(texts(0, 10)));
            assertThat(link.state().stopping()).isFalse();
        }
    }

    private static void publish(NatsProcess server, int from, int to) throws Exception {
        try (Connection connection = Nats.connect(server.url())) {
            for (String text : texts(from, to)) {
                var _ =
                        connection
                                .jetStream()
                                .publish("s.a", text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "e" + number).toList();
    }
}
