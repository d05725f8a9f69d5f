package dev.treadle.samples.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testing.TestFunction;
import dev.treadle.testing.TestRequest;
import dev.treadle.testing.TestResponse;
import org.junit.jupiter.api.Test;

/** Secret, body and signature are the example of GitHub's documentation. */
class WebhookTest {
    private static final String SIGNATURE =
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private final TestFunction webhook =
            TestFunction.of(new Webhook()).secret("WEBHOOK_SECRET", "It's a Secret to Everybody");

    @Test
    void bodyWithItsSignatureIsAccepted() {
        TestResponse response =
                delivery("Hello, World!")
                        .header("X-Hub-Signature-256", SIGNATURE)
                        .header("X-GitHub-Event", "ping")
                        .header("X-GitHub-Delivery", "72d3162e")
                        .send();

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.text())
                .isEqualTo("{\"event\":\"ping\",\"delivery\":\"72d3162e\",\"bytes\":13}");
        assertThat(webhook.log().messages()).containsExactly("accepted ping 72d3162e of 13 bytes");
    }

    @Test
    void changedBodyIs401() {
        assertThat(
                        delivery("Hello, World?")
                                .header("X-Hub-Signature-256", SIGNATURE)
                                .send()
                                .status())
                .isEqualTo(401);
    }

    @Test
    void signatureByAnotherAlgorithmOrCutShortIs401() {
        for (String wrong :
                new String[] {
                    "sha1=" + SIGNATURE.substring(7), SIGNATURE.substring(0, 70), "", "sha256="
                }) {
            assertThat(
                            delivery("Hello, World!")
                                    .header("X-Hub-Signature-256", wrong)
                                    .send()
                                    .status())
                    .as(wrong)
                    .isEqualTo(401);
        }
    }

    @Test
    void missingSignatureIs401AndSaysSo() {
        TestResponse response = delivery("Hello, World!").send();

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.text()).contains("X-Hub-Signature-256 is missing");
    }

    @Test
    void nodeWithoutTheSecretIs503AndNamesIt() {
        TestFunction bare = TestFunction.of(new Webhook()).missingSecret("WEBHOOK_SECRET");

        TestResponse response = bare.post("/webhook", "Hello, World!", "application/json");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).contains("the secret WEBHOOK_SECRET is not set on this node");
    }

    private TestRequest delivery(String body) {
        return webhook.request("POST", "/webhook").body(body, "application/json");
    }
}
