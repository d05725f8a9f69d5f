package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import dev.treadle.trigger.ErrorCode;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replays, on a whole node with a real server. */
class ReplayTest {
    private static final String ORDERS =
            """
            triggers:
              - nats:
                  stream: ORDERS
                  subject: orders.new
                  create: {subjects: [orders.>]}
                  retry: {attempts: 2, backoff: [10ms], jitter: none}
            """;

    private final OpenApi openApi = new OpenApi();
    @TempDir Path folder;
    private NatsProcess server;
    private Connection outside;
    private TestNode node;

    @BeforeEach
    void start() throws Exception {
        server =
                NatsProcess.start(
                        NatsRelease.CURRENT, Files.createDirectories(folder.resolve("nats")));
        outside = Nats.connect(server.url());
        node = new TestNode(folder.resolve("node"), server);
    }

    @AfterEach
    void stop() throws Exception {
        try (NatsProcess _ = server) {
            if (node != null) {
                node.close();
            }
            if (outside != null) {
                outside.close();
            }
        }
    }

    @Test
    void eventsRunAgainAndTheirPublishesAreNotTakenForRepetitions() throws Exception {
        node.deploy("accept", accepting("event.text()"), ORDERS);
        publish("o-1");
        publish("o-2");
        Eventually.holds(() -> ordersLast() == 4);

        List<JsonNode> lines = replay("accept", "{\"fromSequence\":1}");

        assertThat(lines.getFirst().path("begin").path("last").asInt()).isEqualTo(4);
        assertThat(lines.getLast().path("end").path("events").asInt()).isEqualTo(2);
        assertThat(lines.getLast().path("end").path("complete").asBoolean()).isTrue();
        JsonNode output = lines.get(1).path("event").path("outputs").get(0);
        assertThat(output.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(output.path("release").asInt()).isEqualTo(1);
        assertThat(output.has("publishes")).isFalse();
        assertThat(ordersLast()).isEqualTo(6);
        String records = node.admin("GET", "/v1/invocations?function=accept").body();
        assertThat(records).contains("\"trigger\":\"replay:nats\"");

        replay("accept", "{\"fromSequence\":1}");
        assertThat(ordersLast()).as("the same replay again").isEqualTo(6);
        replay("accept", "{\"fromSequence\":1,\"limit\":1,\"id\":\"again\"}");
        assertThat(ordersLast()).as("another replay").isEqualTo(7);
    }

    @Test
    void aDryRunTellsWhatItWouldChangeInStoresAndChangesNothing() throws Exception {
        node.deploy(
                "count",
                """
                public class Count implements EventFunction {
                    public void handle(Event order, Context context) {
                        Kv kv = context.kv("seen");
                        long sum = kv.add("orders", 1);
                        kv.put("last", order.text() + " " + sum);
                        context.log().info(kv.get("last").orElseThrow().text());
                    }
                }
                """,
                ORDERS + "bindings: {seen: {kv: seen}}\n");
        publish("o-1");
        Eventually.holds(() -> node.admin("GET", "/v1/functions/count/logs").body().contains(" 1"));

        JsonNode dry =
                replay("count", "{\"fromSequence\":1,\"dryRun\":true}")
                        .get(1)
                        .path("event")
                        .path("outputs")
                        .get(0);

        assertThat(dry.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(dry.path("changes"))
                .extracting(change -> change.path("change").asString())
                .containsExactly("add 1 to orders, which makes 2", "put last, 5 bytes");
        assertThat(dry.path("changes").get(0).path("binding").asString()).isEqualTo("seen");
        replay("count", "{\"fromSequence\":1}");
        assertThat(node.admin("GET", "/v1/functions/count/logs").body())
                .contains("(dry run) o-1 2", "\"o-1 2\"")
                .doesNotContain("o-1 3");
    }

    @Test
    void failuresAreTold() throws Exception {
        node.deploy("ship", failing("no lorry"), ORDERS);
        publish("o-1");
        Eventually.holds(() -> letters("ship") == 1);

        List<JsonNode> lines = replay("ship", "{\"fromSequence\":1}");

        JsonNode output = lines.get(1).path("event").path("outputs").get(0);
        assertThat(output.path("outcome").asString()).isEqualTo("failed");
        assertThat(output.path("attempts").asInt()).isEqualTo(2);
        assertThat(output.path("error").path("message").asString()).isEqualTo("no lorry");
        assertThat(lines.getLast().path("end").path("failed").asInt()).isEqualTo(1);
        assertThat(letters("ship")).isEqualTo(1);
    }

    @Test
    void dryRunTellsPublishesAndDoesNone() throws Exception {
        node.deploy("accept", accepting("\"{\\\"id\\\":7}\""), ORDERS);
        publish("o-1");
        Eventually.holds(() -> ordersLast() == 2);

        List<JsonNode> lines = replay("accept", "{\"fromSequence\":1,\"dryRun\":true}");

        JsonNode published =
                lines.get(1).path("event").path("outputs").get(0).path("publishes").get(0);
        assertThat(published.path("subject").asString()).isEqualTo("orders.accepted");
        assertThat(published.path("event").path("type").asString()).isEqualTo("accepted");
        assertThat(published.path("event").path("data").path("id").asInt()).isEqualTo(7);
        assertThat(published.path("messageId").asString()).startsWith("accept:ORDERS:1:");
        assertThat(ordersLast()).isEqualTo(2);
        assertThat(node.admin("GET", "/v1/functions/accept/logs").body())
                .contains("\"message\":\"accepts o-1\"", "\"message\":\"(dry run) accepts o-1\"");
    }

    @Test
    void twoReleasesAreCompared() throws Exception {
        node.deploy("accept", accepting("\"{\\\"id\\\":1.0,\\\"at\\\":1}\""), ORDERS);
        publish("o-1");
        Eventually.holds(() -> ordersLast() == 2);
        node.deploy("accept", accepting("\"{\\\"at\\\":2,\\\"id\\\":1,\\\"new\\\":[3]}\""), ORDERS);
        String compare = "{\"fromSequence\":1,\"compare\":{\"before\":\"v1\",\"after\":\"%s\"%s}}";

        JsonNode changed = replay("accept", compare.formatted("live", "")).get(1).path("event");
        JsonNode same =
                replay("accept", compare.formatted("v2", ",\"ignore\":[\"at\",\"data.new\"]"))
                        .get(1)
                        .path("event");

        assertThat(changed.path("differences"))
                .isEqualTo(
                        new JsonMapper()
                                .readTree(
                                        """
                                        [{"path":"publishes[0].event.data.at","before":1,"after":2},
                                         {"path":"publishes[0].event.data.new","after":[3]}]
                                        """));
        assertThat(changed.path("outputs").get(0).path("release").asInt()).isEqualTo(1);
        assertThat(changed.path("outputs").get(1).path("release").asInt()).isEqualTo(2);
        assertThat(same.path("differences")).isEmpty();
    }

    @Test
    void outcomesAndAnswersAreComparedToo() throws Exception {
        String typed =
                """
                public class Price implements TypedFunction<String, Object> {
                    public Object handle(String order, Context context) { %s }
                }
                """;
        node.deploy("price", typed.formatted("return java.util.Map.of(\"cents\", 5);"), ORDERS);
        publish("o-1");
        node.deploy("price", typed.formatted("return java.util.Map.of(\"cents\", 6);"), ORDERS);
        node.deploy("price", typed.formatted("throw new RuntimeException(\"none\");"), ORDERS);
        String compare = "{\"fromSequence\":1,\"compare\":{\"before\":\"v1\",\"after\":\"%s\"}}";

        assertThat(paths(replay("price", compare.formatted("v2"))))
                .containsExactly("answer.body.cents");
        assertThat(paths(replay("price", compare.formatted("v3"))))
                .containsExactly("answer", "code", "error", "message", "outcome", "status");
    }

    @Test
    void clientThatHangsUpEndsTheReplay() throws Exception {
        node.deploy("accept", accepting("event.text()"), ORDERS);
        publishMany();
        HttpResponse<InputStream> open = open("{\"fromSequence\":1,\"rate\":1,\"dryRun\":true}");

        open.body().close();

        Eventually.holds(
                () -> logs("accept").contains("it is not complete: the client has hung up"));
    }

    @Test
    void stoppingNodeEndsTheReplayWithWhatWasDone() throws Exception {
        node.deploy("accept", accepting("event.text()"), ORDERS);
        publishMany();
        HttpResponse<InputStream> open = open("{\"fromSequence\":1,\"rate\":1,\"dryRun\":true}");
        Thread stop = Thread.ofVirtual().start(node.node::close);

        String text = new String(open.body().readAllBytes(), StandardCharsets.UTF_8);

        stop.join();
        assertThat(lines(text).getLast().path("end").path("complete").asBoolean(true)).isFalse();
        assertThat(lines(text).getLast().path("end").path("reason").asString())
                .isEqualTo("the node is stopping");
    }

    @Test
    void eventsThatAreGoneAreSaidToBe() throws Exception {
        node.deploy("accept", accepting("event.text()"), ORDERS);
        publish("o-1");
        Eventually.holds(() -> ordersLast() == 2);
        outside.jetStreamManagement().purgeStream("ORDERS");

        HttpResponse<String> response = send("accept", "{\"fromSequence\":1}");

        assertThat(response.statusCode()).isEqualTo(ErrorCode.EVENTS_GONE.status());
        assertThat(TestNode.json(response).path("code").asString())
                .isEqualTo(ErrorCode.EVENTS_GONE.id());
        assertThat(detail(response))
                .isEqualTo("the stream ORDERS has none of its 2 events any more");
    }

    @Test
    void whatCannotBeReplayedSaysWhy() throws Exception {
        node.deploy(
                "accept",
                accepting("event.text()"),
                ORDERS
                        + ORDERS.lines().skip(1).toList().stream()
                                .map(line -> line.replace("orders.new", "orders.old") + "\n")
                                .reduce("", String::concat));

        assertThat(detail(send("accept", "{\"fromSequence\":1}")))
                .isEqualTo("accept has several nats triggers; say which: nats, nats-2");
        assertThat(detail(send("accept", "{\"fromSequence\":1,\"trigger\":\"http\"}")))
                .isEqualTo("accept has no nats trigger 'http'; it has nats, nats-2");
        String first = "{\"trigger\":\"nats\"%s}";
        assertThat(detail(send("accept", first.formatted(""))))
                .startsWith("the body needs 'from', a time, or 'fromSequence'");
        assertThat(detail(send("accept", first.formatted(",\"fromSequence\":3,\"toSequence\":2"))))
                .isEqualTo("toSequence 2 comes before fromSequence 3");
        assertThat(
                        detail(
                                send(
                                        "accept",
                                        first.formatted(",\"fromSequence\":1,\"filter\":\"x =\""))))
                .startsWith("filter: not a CloudEvents SQL expression: ");
        assertThat(detail(send("accept", first.formatted(",\"fromSequence\":1,\"target\":\"v9\""))))
                .isEqualTo("accept has no alias or release 'v9'");
        assertThat(detail(send("accept", first.formatted(",\"fromSequence\":1,\"id\":\"a b\""))))
                .isEqualTo("id: expected 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', found 'a b'");
    }

    private static String accepting(String data) {
        return """
               public class Accept implements EventFunction {
                   public void handle(Event event, Context context) {
                       context.log().info("accepts " + event.text());
                       context.publish("orders.accepted", context.event("accepted").text(%s).build());
                   }
               }
               """
                .formatted(data);
    }

    private static String failing(String message) {
        return """
               public class Ship implements EventFunction {
                   public void handle(Event event, Context context) {
                       throw new IllegalStateException("%s");
                   }
               }
               """
                .formatted(message);
    }

    private void publish(String text) {
        Eventually.holds(
                () ->
                        node.admin(
                                                "POST",
                                                "/v1/events",
                                                "{\"subject\":\"orders.new\",\"data\":\"%s\"}"
                                                        .formatted(text))
                                        .statusCode()
                                == 200);
    }

    /** More than run while a test of this class does. */
    private void publishMany() throws Exception {
        publish("o-0");
        for (int i = 1; i < 500; i++) {
            outside.jetStream().publish("orders.new", "{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private long ordersLast() {
        try {
            return outside.jetStreamManagement()
                    .getStreamInfo("ORDERS")
                    .getStreamState()
                    .getLastSequence();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long letters(String function) {
        HttpResponse<String> letters =
                node.admin("GET", "/v1/functions/%s/dead-letters".formatted(function));
        return TestNode.json(letters).path("total").asLong();
    }

    private String logs(String function) {
        return node.admin("GET", "/v1/functions/" + function + "/logs").body();
    }

    private HttpResponse<String> send(String function, String body) {
        HttpResponse<String> response =
                node.admin("POST", "/v1/functions/%s/replay".formatted(function), body);
        openApi.check("POST", "/v1/functions/{name}/replay", response);
        return response;
    }

    private List<JsonNode> replay(String function, String body) {
        HttpResponse<String> response = send(function, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return lines(response.body());
    }

    private HttpResponse<InputStream> open(String body) {
        return node.open("POST", "/v1/functions/accept/replay", body);
    }

    private static List<JsonNode> lines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> new JsonMapper().readTree(line))
                .toList();
    }

    private static List<String> paths(List<JsonNode> lines) {
        return lines.get(1)
                .path("event")
                .path("differences")
                .valueStream()
                .map(each -> each.path("path").asString())
                .toList();
    }

    private static String detail(HttpResponse<String> response) {
        return TestNode.json(response).path("detail").asString();
    }
}
