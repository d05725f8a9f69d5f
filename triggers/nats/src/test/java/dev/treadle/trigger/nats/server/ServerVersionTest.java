package dev.treadle.trigger.nats.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerVersionTest {
    @Test
    void isFoundInWhatTheServerPrintsAndReports() {
        ServerVersion expected = new ServerVersion(2, 10, 14);

        assertThat(ServerVersion.parse("nats-server: v2.10.14")).contains(expected);
        assertThat(ServerVersion.parse("2.10.14-RC.2")).contains(expected);
        assertThat(ServerVersion.parse("latest")).isEmpty();
    }

    @Test
    void tenIsNewerThanNine() {
        assertThat(new ServerVersion(2, 10, 0)).isGreaterThan(new ServerVersion(2, 9, 10));
        assertThat(new ServerVersion(2, 10, 0).atLeast(2, 10)).isTrue();
        assertThat(new ServerVersion(2, 9, 99).atLeast(2, 10)).isFalse();
    }

    @Test
    void anOldServersGapsAreNamed() {
        assertThat(new ServerVersion(2, 9, 10).missing())
                .containsExactly(
                        "a durability level (sync_interval): a power cut can cost 2 minutes",
                        "deliveries that stay due when nobody asks: an event may run once more when a node stops");
        assertThat(new ServerVersion(2, 8, 4).missing()).contains("JetStream triggers");
        assertThat(ServerVersion.WANTED.missing()).isEmpty();
    }
}
