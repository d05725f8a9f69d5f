package dev.treadle.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.nats.server.NatsState;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers of asynchronous calls who want to be told of the end. */
class CallbacksTest {
    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.withNats(data);
    }

    @Test
    void theEndOfACallIsPostedWhereItsCallerWants() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext(
                "/done",
                exchange -> {
                    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    Headers headers = exchange.getRequestHeaders();
                    String signed =
                            "%s.%s.%s"
                                    .formatted(
                                            headers.getFirst("webhook-id"),
                                            headers.getFirst("webhook-timestamp"),
                                            body);
                    boolean genuine =
                            ("v1," + hmac("not so secret", signed))
                                    .equals(headers.getFirst("webhook-signature"));
                    boolean first = received.isEmpty();
                    received.add(genuine + " " + headers.getFirst("webhook-id") + " " + body);
                    exchange.sendResponseHeaders(first ? 503 : 204, -1);
                    exchange.close();
                });
        receiver.start();
        try {
            node.admin("PUT", "/v1/secrets/WEBHOOK_SECRET", "not so secret");
            node.deploy("echo", TestNode.ECHO);
            connected();
            HttpResponse<String> accepted =
                    call(
                            "/echo",
                            "http://127.0.0.1:%d/done".formatted(receiver.getAddress().getPort()));
            String id = TestNode.json(accepted).path("id").asString();

            Eventually.holds(() -> received.size() == 2);

            assertThat(received)
                    .allSatisfy(
                            post ->
                                    assertThat(post)
                                            .startsWith("true " + id)
                                            .contains("\"body\":\"it\""));
        } finally {
            receiver.stop(0);
        }
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallbackToWhereItMayNotGoIsTurnedDown() throws Exception {
        node.deploy("echo", TestNode.ECHO);
        connected();

        HttpResponse<String> response = call("/echo", "http://169.254.169.254/latest");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestNode.json(response).path("detail").asString())
                .contains("169.254.169.254 is no public address")
                .contains("webhooks.hosts");
    }

    @Test
    void aCallbackThatIsGivenUpCounts() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext(
                "/done",
                exchange -> {
                    exchange.sendResponseHeaders(410, -1);
                    exchange.close();
                });
        receiver.start();
        try {
            node.deploy("unheard", TestNode.ECHO);
            connected();

            var _ =
                    call(
                            "/unheard",
                            "http://127.0.0.1:%d/done".formatted(receiver.getAddress().getPort()));

            Eventually.holds(
                    () ->
                            node.admin("GET", "/metrics")
                                    .body()
                                    .contains(
                                            "treadle_webhooks_given_up_total{faas_name=\"unheard\"} 1"));
        } finally {
            receiver.stop(0);
        }
    }

    private HttpResponse<String> call(String path, String callback) {
        return node.send(
                node.request(node.node.httpUrl() + path, "POST", "it")
                        .header("Prefer", "respond-async")
                        .header("Treadle-Callback", callback));
    }

    private void connected() {
        Eventually.holds(() -> node.node.nats().phase() == NatsState.Phase.CONNECTED);
    }
}
