package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Response;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcTriggerTest {
    @TempDir Path store;

    @Test
    void requestsAreAnsweredAndErrorsAreHeadersAndTheServiceIsFound() throws Exception {
        try (RealServer server = RealServer.start(store);
                Connection caller = server.connect();
                TestNode node =
                        new TestNode(
                                server,
                                request ->
                                        TestNode.text(request).equals("bad")
                                                ? TestNode.failed()
                                                : new Outcome.Succeeded(Response.text("hi")))) {
            RpcTrigger trigger =
                    new RpcTrigger(
                            new RpcTriggerConfig(Target.live("f"), "rpc", "f.ask", "q"),
                            node.session,
                            node,
                            InstantSource.system());
            trigger.start();
            Eventually.holds(() -> isHeard(caller));

            Message good = ask(caller, "f.ask", "good");
            Message bad = ask(caller, "f.ask", "bad");

            assertThat(new String(good.getData(), StandardCharsets.UTF_8)).isEqualTo("hi");
            assertThat(bad.getHeaders().getFirst("Nats-Service-Error-Code")).isEqualTo("500");
            assertThat(bad.getHeaders().getFirst("Treadle-Code")).isEqualTo("TR-2001");
            assertThat(ask(caller, "$SRV.PING.f", "")).isNotNull();
            assertThat(trigger.drain(Duration.ofSeconds(60))).isTrue();
            trigger.close();
        }
    }

    @Test
    void requestRunsOnOneOfTwoNodes() throws Exception {
        try (RealServer server = RealServer.start(store);
                Connection caller = server.connect();
                TestNode one = new TestNode(server, _ -> TestNode.done());
                TestNode two = new TestNode(server, _ -> TestNode.done());
                RpcTrigger first = serving(one);
                RpcTrigger second = serving(two)) {
            first.start();
            second.start();
            Eventually.holds(
                    () -> {
                        boolean _ = isHeard(caller);
                        return !one.requests.isEmpty() && !two.requests.isEmpty();
                    });
            one.requests.clear();
            two.requests.clear();

            for (int i = 0; i < 50; i++) {
                assertThat(ask(caller, "f.ask", "" + i)).isNotNull();
            }

            assertThat(one.texts().size() + two.texts().size()).isEqualTo(50);
        }
    }

    @Test
    @Tag("no-server")
    void queueGroupWithoutANameIsRefused() {
        assertThatThrownBy(() -> new RpcTriggerConfig(Target.live("f"), "rpc", "f.ask", ""))
                .hasMessageContaining("queue group");
    }

    private static RpcTrigger serving(TestNode node) {
        return new RpcTrigger(
                new RpcTriggerConfig(Target.live("f"), "rpc", "f.ask", "q"),
                node.session,
                node,
                InstantSource.system());
    }

    /** One that comes while a node begins to listen may be lost, so this is asked again soon. */
    private static boolean isHeard(Connection caller) {
        return ask(caller, "f.ask", "warm up", Duration.ofSeconds(1)) != null;
    }

    private static Message ask(Connection caller, String subject, String text) {
        return ask(caller, subject, text, Duration.ofSeconds(60));
    }

    @SuppressWarnings("NullAway") // no answer is null
    private static Message ask(Connection caller, String subject, String text, Duration patience) {
        try {
            return caller.request(subject, text.getBytes(StandardCharsets.UTF_8), patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
