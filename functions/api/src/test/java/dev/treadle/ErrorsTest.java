package dev.treadle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 399, 600, 0})
    void httpErrorHasAnErrorStatus(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpError(status, "x"))
                .withMessage("not an HTTP error status: " + status);
    }

    @Test
    void notFoundIs404AndBadRequest400() {
        assertThat(new NotFound().status()).isEqualTo(404);
        assertThat(new NotFound()).hasMessage("not found");
        assertThat(new NotFound("no order 7")).hasMessage("no order 7");
        assertThat(new BadRequest("no").status()).isEqualTo(400);
    }

    @Test
    void retryAfterSaysForHowLong() {
        assertThat(new RetryAfter(Duration.ofSeconds(2))).hasMessage("try again after PT2S");
        assertThat(new RetryAfter(Duration.ZERO, "warming up").pause()).isZero();
    }

    @Test
    void pauseIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryAfter(Duration.ofMillis(-1)))
                .withMessage("negative pause: PT-0.001S");
    }
}
