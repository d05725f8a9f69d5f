package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.NatsRelease;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Triggers of one function on two nodes at one NATS server. */
class SharedPausesTest {
    private static final String SHIP =
            """
            public class Ship implements EventFunction {
                public void handle(Event event, Context context) {
                    context.log().info("shipped {};", event.text());
                }
            }
            """;
    private static final String ORDERS =
            "triggers: [nats: {stream: ORDERS, subject: orders.new, create: true}]";
    private static final String TRIGGERS = "/v1/functions/ship/triggers";

    private final OpenApi openApi = new OpenApi();
    @TempDir Path folder;
    @AutoClose private TwoNodes nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new TwoNodes(folder, NatsRelease.underTest());
        nodes.one.deploy("ship", SHIP, ORDERS);
        nodes.two.deploy("ship", SHIP, ORDERS);
        Eventually.holds(() -> is(nodes.one, "active") && is(nodes.two, "active"));
    }

    @Test
    void aPauseOnOneNodeHoldsOnAllAndSaysWhoAndWhy() {
        HttpResponse<String> answer =
                nodes.one.admin(
                        "POST",
                        TRIGGERS + "/nats/pause",
                        "{\"by\":\"ana\",\"reason\":\"the stock is being counted\"}");

        openApi.check("POST", "/v1/functions/{name}/triggers/{trigger}/pause", answer);
        assertThat(TestNode.json(answer).path("pause").path("shared").asBoolean()).isTrue();
        Eventually.holds(() -> is(nodes.two, "paused"));
        HttpResponse<String> listed = nodes.two.admin("GET", TRIGGERS);
        openApi.check("GET", "/v1/functions/{name}/triggers", listed);
        JsonNode trigger = TestNode.json(listed).path("triggers").get(0);
        assertThat(trigger.path("pause").path("by").asString()).isEqualTo("ana");
        assertThat(trigger.path("reason").asString())
                .matches("paused by ana since 20[^ ]+Z: the stock is being counted");
        publish("o-1");
        assertThat(shipped("o-1")).isFalse();

        nodes.two.admin("POST", TRIGGERS + "/nats/resume");

        Eventually.holds(() -> is(nodes.one, "active") && is(nodes.two, "active"));
        Eventually.holds(() -> shipped("o-1"));
    }

    @Test
    void aNodeThatWasAwayHearsOfAPauseBeforeItTakesEventsIn() throws Exception {
        nodes.two.close();
        nodes.one.admin("POST", TRIGGERS + "/nats/pause");
        nodes.one.close();
        nodes.two = nodes.node("two");
        Eventually.holds(() -> is(nodes.two, "paused"));
        nodes.two.close();
        nodes.server.kill();

        nodes.one = nodes.node("one");
        nodes.two = nodes.node("two");

        assertThat(is(nodes.one, "paused")).isTrue();
        assertThat(is(nodes.two, "paused")).isTrue();
        nodes.server.startAgain();
        Eventually.holds(() -> connected(nodes.one) && connected(nodes.two));
        publish("o-1");
        assertThat(is(nodes.one, "paused")).isTrue();
        assertThat(is(nodes.two, "paused")).isTrue();
        assertThat(shipped("o-1")).isFalse();
    }

    @Test
    void whatANodeIsToldWhileNatsIsAwayReachesTheOthersLater() throws Exception {
        nodes.one.admin("POST", TRIGGERS + "/nats/pause");
        Eventually.holds(() -> is(nodes.two, "paused"));
        nodes.server.kill();
        Eventually.holds(() -> !connected(nodes.one) && !connected(nodes.two));

        HttpResponse<String> resumed = nodes.two.admin("POST", TRIGGERS + "/nats/resume");
        assertThat(resumed.statusCode()).isEqualTo(200);
        assertThat(is(nodes.one, "paused")).isTrue();
        nodes.server.startAgain();

        Eventually.holds(() -> is(nodes.one, "active") && is(nodes.two, "active"));
        publish("o-1");
        Eventually.holds(() -> shipped("o-1"));
    }

    @Test
    void aPauseOutlivesTheLossOfTheServersStore() throws Exception {
        nodes.one.admin("POST", TRIGGERS + "/nats/pause");
        Eventually.holds(() -> is(nodes.two, "paused"));
        nodes.server.kill();
        Files.move(folder.resolve("nats/store"), folder.resolve("nats/lost"));
        nodes.server.startAgain();
        TestNode three = nodes.node("three");
        try {
            three.deploy("ship", SHIP, ORDERS);

            Eventually.holds(() -> is(three, "paused"));
        } finally {
            three.close();
        }
    }

    @Test
    void aReasonIsOneLine() {
        HttpResponse<String> answer =
                nodes.one.admin("POST", TRIGGERS + "/nats/pause", "{\"reason\":\"one\\ntwo\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestNode.json(answer).path("detail").asString())
                .isEqualTo("'reason' is one line of 500 characters at most");
    }

    private static boolean is(TestNode node, String state) {
        JsonNode trigger = TestNode.json(node.admin("GET", TRIGGERS)).path("triggers").path(0);
        return trigger.path("state").asString("").equals(state);
    }

    private static boolean connected(TestNode node) {
        return TestNode.json(node.admin("GET", "/v1/node"))
                .path("nats")
                .path("state")
                .asString()
                .equals("connected");
    }

    private void publish(String data) {
        String body = "{\"subject\":\"orders.new\",\"data\":\"%s\"}".formatted(data);
        Eventually.holds(() -> nodes.one.admin("POST", "/v1/events", body).statusCode() == 200);
    }

    private boolean shipped(String data) {
        return logs(nodes.one).contains("shipped " + data + ";")
                || logs(nodes.two).contains("shipped " + data + ";");
    }

    private static String logs(TestNode node) {
        return node.admin("GET", "/v1/functions/ship/logs").body();
    }
}
