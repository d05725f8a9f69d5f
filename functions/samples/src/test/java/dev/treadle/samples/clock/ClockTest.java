package dev.treadle.samples.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.ServerSentEvent;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import dev.treadle.testing.VirtualClock;
import org.junit.jupiter.api.Test;

class ClockTest {
    private final VirtualClock time = VirtualClock.at("2026-11-01T12:00:00Z");
    private final TestFunction clock = TestFunction.of(new Clock(time, time::advance));

    @Test
    void ticksAreSentAtTheirTimesAndThenTheStreamEnds() {
        TestResponse response = clock.get("/clock?ticks=3&millis=500");

        assertThat(response.contentType()).contains("text/event-stream");
        assertThat(response.events())
                .containsExactly(
                        new ServerSentEvent("tick", "1", "2026-11-01T12:00:00Z"),
                        new ServerSentEvent("tick", "2", "2026-11-01T12:00:00.500Z"),
                        new ServerSentEvent("tick", "3", "2026-11-01T12:00:01Z"));
    }

    @Test
    void clientThatComesBackGetsOnlyWhatItMissed() {
        TestResponse response =
                clock.request("GET", "/clock?ticks=4").header("Last-Event-ID", "2").send();

        assertThat(response.events()).extracting(ServerSentEvent::id).containsExactly("3", "4");
    }

    @Test
    void endlessClockIsRefused() {
        TestResponse response = clock.get("/clock?ticks=601");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("ticks is '601', not a number from 1 to 600");
    }
}
