package dev.treadle.server.grpc.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Deadline;
import io.grpc.Metadata;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What callers and the node tell each other in words. */
class WordsTest {
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

    @Test
    void statusesAreEncoded() {
        assertThat(StatusText.encoded("all 100 % …\n")).isEqualTo("all 100 %25 %E2%80%A6%0A");
        assertThat(StatusText.encoded("x".repeat(100_000))).hasSize(8192);
    }

    @Test
    void timeoutsHaveUnits() {
        assertThat(hours("2H")).hasValueSatisfying(left -> assertThat(left).isBetween(1L, 2L));
        assertThat(hours("120M")).hasValueSatisfying(left -> assertThat(left).isBetween(1L, 2L));
        assertThat(hours("99999999S")).hasValue(27_777L);
        assertThat(hours("1n")).hasValue(0L);
        for (String bad : new String[] {"", "5", "S", "-1S", "1 S", "123456789S", "1h"}) {
            assertThat(hours(bad)).as(bad).isEmpty();
        }
        assertThat(Timeouts.deadline(new Metadata())).isEmpty();
    }

    private static Optional<Long> hours(String timeout) {
        Metadata headers = new Metadata();
        headers.put(TIMEOUT, timeout);
        return Timeouts.deadline(headers).map(WordsTest::hoursLeft);
    }

    private static long hoursLeft(Deadline deadline) {
        return deadline.timeRemaining(TimeUnit.HOURS);
    }
}
