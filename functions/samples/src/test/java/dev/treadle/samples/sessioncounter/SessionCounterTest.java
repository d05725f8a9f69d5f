package dev.treadle.samples.sessioncounter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.samples.sessioncounter.SessionCounter.Answer;
import dev.treadle.testing.MemoryKv;
import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestResponse;
import dev.treadle.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionCounterTest {
    private final VirtualClock clock = VirtualClock.at("2026-11-01T12:00:00Z");
    private final TestFunction counter =
            TestFunction.of(new SessionCounter())
                    .clock(clock)
                    .kv("sessions", MemoryKv.on(clock).ttl(Duration.ofMinutes(30)))
                    .kv("visits", MemoryKv.on(clock));

    @AfterEach
    void close() {
        counter.close();
    }

    @Test
    void callsOfASessionAreCounted() {
        TestResponse first = counter.get("/session-counter");
        assertThat(first.json(Answer.class)).isEqualTo(new Answer(1, 1));
        String cookie = cookie(first);

        assertThat(call("GET", cookie).json(Answer.class)).isEqualTo(new Answer(2, 1));
        assertThat(call("GET", cookie).json(Answer.class)).isEqualTo(new Answer(3, 1));
        assertThat(counter.get("/session-counter").json(Answer.class)).isEqualTo(new Answer(1, 2));
    }

    @Test
    void aSessionEndsHalfAnHourAfterItsLastCall() {
        String cookie = cookie(counter.get("/session-counter"));
        clock.advance(Duration.ofMinutes(29));
        assertThat(call("GET", cookie).json(Answer.class).calls()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(29));
        assertThat(call("GET", cookie).json(Answer.class).calls()).isEqualTo(3);
        clock.advance(Duration.ofMinutes(30));

        assertThat(call("GET", cookie).json(Answer.class)).isEqualTo(new Answer(1, 2));
    }

    @Test
    void aSessionCanBeEnded() {
        String cookie = cookie(counter.get("/session-counter"));

        assertThat(call("DELETE", cookie).status()).isEqualTo(204);
        assertThat(call("GET", cookie).json(Answer.class)).isEqualTo(new Answer(1, 2));
    }

    private TestResponse call(String method, String cookie) {
        return counter.request(method, "/session-counter").header("Cookie", cookie).send();
    }

    private static String cookie(TestResponse response) {
        return response.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }
}
