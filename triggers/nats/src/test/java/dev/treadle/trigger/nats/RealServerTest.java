package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.NatsRelease;
import dev.treadle.trigger.nats.server.ServerVersion;
import io.nats.client.Connection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealServerTest {
    @TempDir Path folder;

    @Test
    void isOfTheReleaseThatThisRunOfTheTestsIsAbout() throws Exception {
        try (RealServer server = RealServer.start(folder);
                Connection connection = server.connect()) {
            ServerVersion version =
                    ServerVersion.parse(connection.getServerInfo().getVersion()).orElseThrow();

            assertThat(version.atLeast(2, 10))
                    .isEqualTo(NatsRelease.underTest() == NatsRelease.CURRENT);
        }
    }
}
