package dev.treadle.samples.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.EventResult;
import dev.treadle.testing.TestFunction;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Instant DUE = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aTickInTimeIsOneLine() {
        assertThat(logOfATickAt(DUE.plusMillis(12)))
                .startsWith("due 2026-01-31T12:00:00Z, 12 ms late, ")
                .endsWith(" MiB free");
    }

    @Test
    void aLateTickIsAWarning() {
        assertThat(logOfATickAt(DUE.plusSeconds(3)))
                .isEqualTo("due 2026-01-31T12:00:00Z, came 3000 ms late");
    }

    private static String logOfATickAt(Instant now) {
        TestFunction heartbeat = TestFunction.of(new Heartbeat(InstantSource.fixed(now)));
        EventResult result =
                heartbeat.event(heartbeat.newEvent("dev.treadle.schedule.tick").time(DUE).build());
        assertThat(result).isEqualTo(new EventResult.Done());
        return heartbeat.log().messages().getFirst();
    }
}
