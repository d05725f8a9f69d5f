package dev.treadle.trigger.nats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
    private static final ServerVersion OLD = new ServerVersion(2, 9, 10);

    @TempDir Path folder;

    @Test
    void theDurabilityLevelIsTheServersSyncInterval() {
        assertThat(config(Durability.FSYNC, ServerVersion.WANTED))
                .contains("sync_interval: \"always\"");
        assertThat(config(Durability.INTERVAL, ServerVersion.WANTED))
                .contains("sync_interval: \"10s\"");
        assertThat(config(Durability.FSYNC, OLD)).doesNotContain("sync_interval");
    }

    @Test
    void whatIsInForceOnAnOldServerIsNotWhatWasAskedFor() {
        assertThat(Durability.FSYNC.inForce(ServerVersion.WANTED))
                .isEqualTo("fsync (sync_interval always)");
        assertThat(Durability.FSYNC.inForce(OLD)).startsWith("interval (synced every 2 minutes");
    }

    @Test
    void aCurrentServerTakesBothLevels() throws Exception {
        NatsBinary binary = Binaries.current();
        accepts(binary, config(Durability.FSYNC, binary.version()));
        accepts(binary, config(Durability.INTERVAL, binary.version()));
    }

    @Test
    void anOldServerTakesWhatItIsGiven() throws Exception {
        NatsBinary binary = Binaries.old();
        accepts(binary, config(Durability.FSYNC, binary.version()));
    }

    private void accepts(NatsBinary binary, String config) throws Exception {
        Path file = Files.writeString(folder.resolve("x.conf"), config);
        Commands.run(
                folder,
                Duration.ofSeconds(10),
                Map.of(),
                binary.path().toString(),
                "-t",
                "-c",
                file.toString());
    }

    private String config(Durability level, ServerVersion version) {
        return new ServerConfig(
                        "treadle-x",
                        4222,
                        Optional.of("se\"cret"),
                        folder.resolve("st\\ore"),
                        folder.resolve("log"),
                        level,
                        version)
                .text();
    }
}
