package dev.treadle.server.pauses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggerPausesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final Pause.Key KEY = new Pause.Key("ship", "nats");

    @TempDir Path folder;

    private TriggerPauses open() throws IOException {
        return new TriggerPauses(folder, InstantSource.fixed(NOW));
    }

    @Test
    void aPauseIsKeptWithItsReason() throws IOException {
        open().set(KEY, true, "ana", "stock is counted");

        assertThat(open().of("ship"))
                .containsEntry("nats", new Pause(true, NOW, "ana", "stock is counted"));
        assertThat(open().of("ship").get("nats"))
                .hasToString("paused by ana since 2026-11-25T10:00:00Z: stock is counted");
    }

    @Test
    void theLatterWordCountsAlsoWhenAnotherNodesClockIsAhead() throws IOException {
        TriggerPauses pauses = open();
        pauses.learn(KEY, new Pause(true, NOW.plusSeconds(60), "ben", ""));

        pauses.set(KEY, false, "ana", "");

        assertThat(pauses.of("ship")).isEmpty();
        pauses.learn(KEY, new Pause(true, NOW.plusSeconds(60), "ben", ""));
        assertThat(pauses.of("ship")).isEmpty();
        pauses.learn(KEY, new Pause(true, NOW.plusSeconds(61), "ben", ""));
        assertThat(pauses.of("ship")).containsOnlyKeys("nats");
    }

    @Test
    void aFileOfAFormerVersionIsAPause() throws IOException {
        Files.writeString(folder.resolve("ship.nats"), "2026-01-31T08:00:00Z\n");

        assertThat(open().of("ship").get("nats")).hasToString("paused since 2026-01-31T08:00:00Z");
    }

    @Test
    void whatCannotBeReadIsAPauseAndWhatIsNoTriggersIsPassedOver() throws IOException {
        Files.writeString(folder.resolve("ship.nats"), "{\"paused\":");
        Files.writeString(folder.resolve(".half-123"), "");

        assertThat(open().get(KEY)).map(Pause::reason).contains("the pause is unreadable");
        assertThat(open().keys()).containsExactly(KEY);
    }

    @Test
    void aDeletedFunctionsPauseIsOver() throws IOException {
        TriggerPauses pauses = open();
        pauses.set(KEY, true, "ana", "");

        pauses.forget("ship");

        assertThat(open().of("ship")).isEmpty();
    }
}
