package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot do what a trigger needs. */
class ConsumerSetupTest {
    @TempDir Path folder;

    @Test
    void aServerThatIsTooOldIsRefused() {
        assertThatThrownBy(() -> ConsumerSetup.requireServer("2.8.4"))
                .hasMessage(
                        "JetStream triggers: nats-server 2.9 or newer is wanted, this one is 2.8.4");
        assertThatCode(() -> ConsumerSetup.requireServer("2.9.0")).doesNotThrowAnyException();
        assertThatCode(() -> ConsumerSetup.requireServer("unknown")).doesNotThrowAnyException();
    }

    @Test
    void aServerWithoutJetStreamIsNamedAsTheReason() throws Exception {
        try (NatsProcess server =
                        NatsProcess.start(
                                NatsRelease.underTest().require(), folder, "jetstream: disabled");
                Connection connection = Nats.connect(server.url());
                TestNode node = new TestNode(connection, _ -> TestNode.done())) {
            NatsTrigger trigger = node.start(TestNode.config("f"));

            Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.FAILED);

            assertThat(trigger.state().reason())
                    .isEqualTo("NATS has no JetStream: start the server with -js");
        }
    }
}
