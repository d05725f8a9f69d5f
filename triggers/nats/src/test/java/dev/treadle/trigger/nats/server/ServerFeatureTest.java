package dev.treadle.trigger.nats.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerFeatureTest {
    private static final ServerVersion OLDER = new ServerVersion(2, 8, 4);

    @Test
    void aRefusalNamesTheFeatureTheVersionWantedAndTheServers() {
        assertThat(ServerFeature.JETSTREAM_TRIGGERS.obstacle(OLDER))
                .contains(
                        "JetStream triggers: nats-server 2.9 or newer is wanted, this one is 2.8.4");
        assertThat(ServerFeature.JETSTREAM_TRIGGERS.obstacle(new ServerVersion(2, 9, 0))).isEmpty();
    }

    @Test
    void fsyncIsRefusedByAnOldServerAndIntervalIsNot() throws Exception {
        NatsBinary old = Binaries.old();

        assertThat(NatsLink.obstacle(Durability.FSYNC, old))
                .contains(
                        "nats.durability fsync: nats-server 2.10 or newer is wanted, this one is %s (%s);"
                                        .formatted(old.version(), old.path())
                                + " put a newer one on the PATH, or take --nats-durability interval");
        assertThat(NatsLink.obstacle(Durability.INTERVAL, old)).isEmpty();
        assertThat(NatsLink.obstacle(Durability.FSYNC, Binaries.current())).isEmpty();
    }
}
