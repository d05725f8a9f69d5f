package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("no-server")
class WebhookSignatureTest {
    /** The example of the Standard Webhooks specification's reference libraries. */
    @Test
    void isThatOfTheStandard() {
        String signature =
                WebhookSignature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330L,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takesAnyOtherTextAsItIs() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(WebhookSignature.of("plain", "a", 1, body))
                .startsWith("v1,")
                .isNotEqualTo(WebhookSignature.of("plain2", "a", 1, body))
                .isNotEqualTo(WebhookSignature.of("plain", "a", 2, body));
    }
}
