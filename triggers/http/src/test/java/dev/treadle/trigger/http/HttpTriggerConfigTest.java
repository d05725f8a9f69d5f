package dev.treadle.trigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpTriggerConfigTest {
    @Test
    void everythingIsBoundedByDefault() {
        assertThat(HttpTriggerConfig.defaults())
                .isEqualTo(
                        new HttpTriggerConfig(
                                "0.0.0.0",
                                8080,
                                Optional.empty(),
                                16_384,
                                4L << 30,
                                10_000,
                                Duration.ofMinutes(5)));
    }

    @Test
    void anImpossibleValueIsNamed() {
        assertThatThrownBy(() -> with(70_000, 16_384, 1, 1, Duration.ofMinutes(1)))
                .hasMessage("http.port must be 0 to 65535, not 70000");
        assertThatThrownBy(() -> with(0, 10, 1, 1, Duration.ofMinutes(1)))
                .hasMessage("http.headers-max must be 1024 to 1048576, not 10");
        assertThatThrownBy(() -> with(0, 16_384, 0, 1, Duration.ofMinutes(1)))
                .hasMessage("http.payload-max must be at least 1, not 0");
        assertThatThrownBy(() -> with(0, 16_384, 1, 0, Duration.ofMinutes(1)))
                .hasMessage("http.connections-max must be at least 1, not 0");
        assertThatThrownBy(() -> with(0, 16_384, 1, 1, Duration.ofMillis(1)))
                .hasMessage("http.idle-timeout must be at least PT1S, not PT0.001S");
        assertThatThrownBy(() -> HttpTriggerConfig.defaults().at(" ", 0))
                .hasMessage("http.host must not be empty");
    }

    private static HttpTriggerConfig with(
            int port, int headerBytes, long payloadBytes, int connections, Duration idle) {
        return new HttpTriggerConfig(
                "127.0.0.1", port, Optional.empty(), headerBytes, payloadBytes, connections, idle);
    }
}
