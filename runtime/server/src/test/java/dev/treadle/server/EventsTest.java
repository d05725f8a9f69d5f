package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.nats.server.NatsState;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.impl.NatsMessage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events, on a whole node with a managed server. */
class EventsTest {
    private static final String ORDERS =
            """
            triggers:
              - nats:
                  stream: ORDERS
                  subject: orders.new
                  create: {subjects: [orders.>]}
                  retry: {attempts: 2, backoff: [10ms], jitter: none}
            """;
    private static final String PASSES_ON =
            """
            public class Accept implements EventFunction {
                public void handle(Event event, Context context) {
                    context.publish("orders.accepted", context.event("accepted").text(event.text()).build());
                }
            }
            """;
    private static final String LOGS =
            """
            public class Ship implements EventFunction {
                public void handle(Event event, Context context) {
                    context.log().info("shipped " + event.text() + " of " + event.type());
                }
            }
            """;
    private static final String BROKEN =
            """
            public class Ship implements EventFunction {
                public void handle(Event event, Context context) {
                    throw new IllegalStateException("no lorry");
                }
            }
            """;

    private final OpenApi openApi = new OpenApi();
    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.withNats(data);
    }

    @Test
    void functionAnswersRequestsOnTheSubjectOfItsName() throws Exception {
        node.deploy("echo", TestNode.ECHO);
        node.deploy("ship", BROKEN, "");
        assertThat(
                        TestNode.json(node.admin("GET", "/v1/functions/echo"))
                                .path("subject")
                                .asString())
                .isEqualTo("fn.echo");
        Eventually.holds(() -> node.node.nats().phase() == NatsState.Phase.CONNECTED);
        try (Connection caller = Nats.connect(node.node.nats().url().orElseThrow())) {
            Eventually.holds(() -> isServed(caller, "fn.ship"));

            Message answer = Objects.requireNonNull(ask(caller, "fn.echo", "hi"));
            Message failure = Objects.requireNonNull(ask(caller, "fn.ship", "{}"));

            assertThat(new String(answer.getData(), StandardCharsets.UTF_8)).isEqualTo("hi");
            assertThat(failure.getHeaders().getFirst("Treadle-Code")).isEqualTo("TR-2001");
            assertThat(
                            TestNode.json(node.admin("GET", "/v1/invocations?function=echo"))
                                    .path("invocations")
                                    .get(0)
                                    .path("trigger")
                                    .asString())
                    .isEqualTo("fn");
            node.admin("DELETE", "/v1/functions/echo");
            Eventually.holds(() -> !isServed(caller, "fn.echo"));
        }
    }

    private static boolean isServed(Connection caller, String subject) {
        Message answer = ask(caller, subject, "");
        return answer != null && !answer.isStatusMessage();
    }

    /** Null when nobody serves the subject. */
    private static @Nullable Message ask(Connection caller, String subject, String text) {
        try {
            return caller.request(
                    NatsMessage.builder().subject(subject).data(text).build(),
                    Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eventGoesThroughTwoFunctions() throws Exception {
        node.deploy("accept", PASSES_ON, ORDERS);
        node.deploy("ship", LOGS, "triggers: [nats: {stream: ORDERS, subject: orders.accepted}]");

        JsonNode stored = publish("o-1");

        assertThat(stored.path("stream").asString()).isEqualTo("ORDERS");
        Eventually.holds(() -> logs("ship").contains("shipped o-1 of accepted"));
    }

    @Test
    void batchFunctionGetsSeveralEventsAndFailsOneOfThem() throws Exception {
        node.deploy(
                "ship",
                """
                public class Ship implements BatchFunction {
                    public void handle(Batch batch, Context context) {
                        for (Event event : batch) {
                            if (event.text().equals("bad")) {
                                batch.fail(event, new Permanent("no address"));
                            } else {
                                context.log().info("shipped {} of {}", event.text(), batch.events().size());
                            }
                        }
                    }
                }
                """,
                """
                triggers:
                  - nats: {stream: ORDERS, subject: orders.new, create: true, batch: {size: 3, wait: 1m}}
                """);

        publish("o-1");
        publish("bad");
        publish("o-2");

        Eventually.holds(() -> logs("ship").contains("shipped o-2 of 3"));
        Eventually.holds(() -> letters().path("total").asInt() == 1);
        assertThat(letters().path("deadLetters").get(0).path("reason").asString())
                .isEqualTo("permanent");
        assertThat(logs("ship")).contains("shipped o-1 of 3", "no address");
    }

    @Test
    void eventWithTheSameIdIsStoredOnce() throws Exception {
        node.deploy("accept", PASSES_ON, ORDERS);
        String body = "{\"subject\":\"orders.other\",\"id\":\"x\",\"data\":\"1\"}";
        Eventually.holds(() -> node.admin("POST", "/v1/events", body).statusCode() == 200);

        JsonNode again = TestNode.json(node.admin("POST", "/v1/events", body));

        assertThat(again.path("duplicate").asBoolean()).isTrue();
    }

    @Test
    void brokenFunctionsEventsAreRedrivenWhenItIsMended() throws Exception {
        node.deploy("ship", BROKEN, ORDERS);
        publish("o-1");
        publish("o-2");
        Eventually.holds(() -> letters().path("total").asInt() == 2);
        JsonNode first = letters().path("deadLetters").get(0);
        assertThat(first.path("reason").asString()).isEqualTo("exhausted");
        assertThat(first.path("attempts").asInt()).isEqualTo(2);
        assertThat(first.path("error").path("message").asString()).isEqualTo("no lorry");
        String path = "/v1/functions/ship/dead-letters";
        HttpResponse<String> shown = node.admin("GET", path + "/" + first.path("id").asLong());
        openApi.check("GET", "/v1/functions/{name}/dead-letters/{id}", shown);
        assertThat(TestNode.json(shown).path("data").asString()).isIn("o-1", "o-2");

        HttpResponse<String> failing = redrive("{}");
        assertThat(TestNode.json(failing).path("failed").asInt()).isEqualTo(2);
        assertThat(letters().path("deadLetters").get(0).path("attempts").asInt()).isEqualTo(3);
        node.deploy("ship", LOGS, ORDERS);
        assertThat(TestNode.json(redrive("{\"dryRun\":true}")).path("selected").asInt())
                .isEqualTo(2);
        JsonNode limited = TestNode.json(redrive("{\"dryRun\":true,\"limit\":1}"));
        assertThat(limited.path("selected").asInt()).isEqualTo(1);
        assertThat(limited.path("more").asBoolean()).isTrue();
        HttpResponse<String> mended = redrive("{\"rate\":100}");

        assertThat(TestNode.json(mended).path("redriven").asInt()).isEqualTo(2);
        assertThat(TestNode.json(mended).path("more").asBoolean(true)).isFalse();
        assertThat(letters().path("total").asInt()).isZero();
        assertThat(logs("ship")).contains("shipped o-1", "shipped o-2");
    }

    @Test
    void deadLettersThatFitAreFoundAndPurged() throws Exception {
        node.deploy("ship", BROKEN, ORDERS);
        publish("o-1");
        Eventually.holds(() -> letters().path("total").asInt() == 1);
        String path = "/v1/functions/ship/dead-letters";

        assertThat(TestNode.json(node.admin("GET", path + "?contains=lorry")).path("deadLetters"))
                .hasSize(1);
        assertThat(TestNode.json(node.admin("GET", path + "?contains=van")).path("deadLetters"))
                .isEmpty();
        assertThat(TestNode.json(node.admin("DELETE", path + "?reason=permanent")))
                .isEqualTo(new JsonMapper().readTree("{\"purged\":0}"));
        HttpResponse<String> purged = node.admin("DELETE", path);
        openApi.check("DELETE", "/v1/functions/{name}/dead-letters", purged);
        assertThat(TestNode.json(purged).path("purged").asInt()).isEqualTo(1);
        assertThat(detail(node.admin("GET", path + "/1"))).isEqualTo("ship has no dead letter 1");
    }

    @Test
    void eventsThatGoInACircleEndAsADeadLetter() throws Exception {
        node.deploy("ship", PASSES_ON.replace("orders.accepted", "orders.new"), ORDERS);
        publish("o-1");

        Eventually.holds(() -> letters().path("total").asInt() == 1);

        JsonNode letter = letters().path("deadLetters").get(0);
        assertThat(letter.path("reason").asString()).isEqualTo("permanent");
        assertThat(letter.path("attempts").asInt()).isEqualTo(1);
        assertThat(letter.path("error").path("message").asString())
                .startsWith(
                        "ship would publish to 'orders.new' as the end of a chain of 17 events; 16"
                                + " are allowed");
        assertThat(letter.path("sequence").asInt()).isEqualTo(17);
    }

    @Test
    void triggersAndMetricsSayHowEventsFare() throws Exception {
        node.deploy("ship", BROKEN, ORDERS);
        publish("o-1");
        Eventually.holds(() -> letters().path("total").asInt() == 1);
        String dead = "treadle_events_dead_total{faas_name=\"ship\",trigger=\"nats\"} 1";

        Eventually.holds(() -> node.admin("GET", "/metrics").body().contains(dead));
        HttpResponse<String> listed = node.admin("GET", "/v1/functions/ship/triggers");

        openApi.check("GET", "/v1/functions/{name}/triggers", listed);
        JsonNode trigger = TestNode.json(listed).path("triggers").get(0);
        assertThat(trigger.path("state").asString()).isEqualTo("active");
        assertThat(trigger.path("events").path("retried").asInt()).isEqualTo(1);
        assertThat(trigger.path("events").path("deadLetters").asInt()).isEqualTo(1);
        assertThat(trigger.path("events").path("deadLettersKept").asInt()).isEqualTo(1);
        assertThat(trigger.path("events").path("lag").asInt(-1)).isZero();
        Eventually.holds(
                () ->
                        node.admin("GET", "/metrics")
                                .body()
                                .contains("treadle_trigger_lag{faas_name=\"ship\""));
        String kept = "treadle_dead_letters{faas_name=\"ship\",trigger=\"nats\"} ";
        Eventually.holds(() -> node.admin("GET", "/metrics").body().contains(kept + 1));
        node.admin("DELETE", "/v1/functions/ship/dead-letters");
        Eventually.holds(() -> node.admin("GET", "/metrics").body().contains(kept + 0));
    }

    @Test
    void subjectOfNoStreamIsSaidToBeOne() throws Exception {
        node.deploy("accept", PASSES_ON, ORDERS);
        publish("o-1");

        HttpResponse<String> response =
                node.admin("POST", "/v1/events", "{\"subject\":\"nobody.cares\"}");

        openApi.check("POST", "/v1/events", response);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(detail(response))
                .isEqualTo(
                        "no stream takes the subject 'nobody.cares'; make one, or have a trigger"
                                + " `create` it");
    }

    private JsonNode publish(String text) {
        String body = "{\"subject\":\"orders.new\",\"data\":\"%s\"}".formatted(text);
        HttpResponse<String>[] last = responses();
        Eventually.holds(
                () -> {
                    last[0] = node.admin("POST", "/v1/events", body);
                    return last[0].statusCode() == 200;
                });
        openApi.check("POST", "/v1/events", last[0]);
        return TestNode.json(last[0]);
    }

    @SuppressWarnings("unchecked")
    private static HttpResponse<String>[] responses() {
        return new HttpResponse[1];
    }

    private JsonNode letters() {
        HttpResponse<String> response = node.admin("GET", "/v1/functions/ship/dead-letters");
        openApi.check("GET", "/v1/functions/{name}/dead-letters", response);
        return TestNode.json(response);
    }

    private HttpResponse<String> redrive(String body) {
        HttpResponse<String> response =
                node.admin("POST", "/v1/functions/ship/dead-letters/redrive", body);
        openApi.check("POST", "/v1/functions/{name}/dead-letters/redrive", response);
        return response;
    }

    private String logs(String function) {
        return node.admin("GET", "/v1/functions/" + function + "/logs").body();
    }

    private static String detail(HttpResponse<String> response) {
        return TestNode.json(response).path("detail").asString();
    }
}
