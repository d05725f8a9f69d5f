package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.nats.server.NatsState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes that go to another function, on a whole node with a managed server. */
class DestinationsTest {
    private static final String ALARM =
            """
            public class Alarm implements EventFunction {
                public void handle(Event event, Context context) {
                    context.log().info("heard " + event.type() + " of " + event.source());
                }
            }
            """;
    private static final String SHIP =
            """
            public class Ship implements EventFunction {
                public void handle(Event event, Context context) {
                    if (event.text().equals("bad")) {
                        throw new Permanent("no lorry");
                    }
                }
            }
            """;

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.withNats(data);
        node.deploy("alarm", ALARM, "triggers: []");
        Eventually.holds(() -> node.node.nats().phase() == NatsState.Phase.CONNECTED);
    }

    @Test
    void anEventsOutcomeGoesToAnotherFunction() throws Exception {
        node.deploy(
                "ship",
                SHIP,
                """
                triggers:
                  - nats:
                      stream: ORDERS
                      subject: orders.new
                      create: true
                      onSuccess: {function: alarm}
                      onFailure: {function: alarm}
                """);

        publish("good");
        publish("bad");

        Eventually.holds(() -> logs().contains("heard dev.treadle.event.succeeded of /ship"));
        Eventually.holds(() -> logs().contains("heard dev.treadle.event.failed of /ship"));
        assertThat(node.admin("GET", "/v1/functions/ship/dead-letters").body())
                .contains("\"total\":1");
    }

    @Test
    void aCallsOutcomeGoesToAnotherFunction() throws Exception {
        node.deploy(
                "echo",
                TestNode.ECHO,
                "triggers: [http: {path: /echo, async: {onSuccess: {function: alarm}}}]");

        HttpResponse<String> accepted =
                node.send(
                        node.request(node.node.httpUrl() + "/echo", "POST", "it")
                                .header("Prefer", "respond-async"));

        assertThat(accepted.statusCode()).isEqualTo(202);
        Eventually.holds(() -> logs().contains("heard dev.treadle.call.succeeded of /echo"));
    }

    @Test
    void aTicksOutcomeGoesToAnotherFunction() throws Exception {
        node.deploy(
                "ship",
                SHIP,
                "triggers: [schedule: {cron: '* * * * * *', onSuccess: {function: alarm}}]");

        Eventually.holds(() -> logs().contains("heard dev.treadle.tick.succeeded of /ship"));
    }

    private void publish(String text) {
        String body = "{\"subject\":\"orders.new\",\"data\":\"%s\"}".formatted(text);
        Eventually.holds(() -> node.admin("POST", "/v1/events", body).statusCode() == 200);
    }

    private String logs() {
        return node.admin("GET", "/v1/functions/alarm/logs").body();
    }
}
