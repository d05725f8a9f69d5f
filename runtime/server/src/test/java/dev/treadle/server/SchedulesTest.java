package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SchedulesTest {
    private static final String BEAT =
            """
            public class Beat implements EventFunction {
                public void handle(Event tick, Context context) {
                    context.log().info("beat {} {} {}", tick.type(), tick.source(), tick.time().get());
                }
            }
            """;
    private static final String SECONDLY = "triggers: [schedule: {cron: '* * * * * *'}]";
    private static final String TRIGGERS = "/v1/functions/beat/triggers";

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void aDeployedScheduleTicks() throws IOException {
        node.deploy("beat", BEAT, SECONDLY);

        Eventually.holds(() -> beats() >= 2);

        assertThat(node.admin("GET", "/v1/functions/beat/logs").body())
                .contains("beat dev.treadle.schedule.tick /functions/beat/triggers/schedule 20");
        assertThat(node.admin("GET", "/v1/invocations?function=beat").body())
                .contains("\"trigger\":\"schedule\"");
    }

    @Test
    void whatIsTakenOutOfTheManifestTicksNoMore() throws IOException {
        node.deploy("beat", BEAT, SECONDLY);
        node.deploy("beat", BEAT, "triggers: [schedule: {cron: '@yearly'}]");

        JsonNode trigger = trigger(0, node.admin("GET", TRIGGERS));

        assertThat(trigger.path("source").asString()).isEqualTo("@yearly UTC");
        assertThat(trigger.path("next").path(0).asString()).endsWith("-01-01T00:00:00Z");
    }

    @Test
    void theNextTicksAreListed() throws IOException {
        node.deploy(
                "beat",
                BEAT,
                """
                triggers:
                  - http: {path: /beat}
                  - schedule: {cron: "0 30 8 * * *", zone: Europe/Paris}
                  - schedule: {cron: "@hourly"}
                """);

        HttpResponse<String> response = node.admin("GET", TRIGGERS + "?next=3");

        assertThat(trigger(0, response).path("name").asString()).isEqualTo("http");
        assertThat(trigger(0, response).path("next")).isEmpty();
        assertThat(trigger(1, response).path("source").asString())
                .isEqualTo("0 30 8 * * * Europe/Paris");
        assertThat(trigger(2, response).path("name").asString()).isEqualTo("schedule-2");
        assertThat(trigger(2, response).path("next"))
                .hasSize(3)
                .allSatisfy(tick -> assertThat(tick.asString()).endsWith(":00:00Z"));
        assertThat(Instant.parse(trigger(1, response).path("next").path(0).asString()))
                .isAfter(Instant.now());
    }

    @Test
    void aPausedScheduleStaysSoAcrossARestartUntilItIsResumed() throws IOException {
        node.deploy("beat", BEAT, SECONDLY);
        assertThat(node.admin("POST", TRIGGERS + "/schedule/pause").statusCode()).isEqualTo(200);
        node.close();
        node = new TestNode(data);

        assertThat(trigger(0, node.admin("GET", TRIGGERS)).path("state").asString())
                .isEqualTo("paused");
        assertThat(beats()).isZero();

        assertThat(node.admin("POST", TRIGGERS + "/schedule/resume").body())
                .contains("\"state\":\"active\"");
        Eventually.holds(() -> beats() >= 1);
    }

    @Test
    void whatCannotBePausedSaysSo() throws IOException {
        node.deploy("beat", BEAT, "triggers: [http: {path: /beat}]");

        assertThat(detail(node.admin("POST", TRIGGERS + "/http/pause")))
                .isEqualTo(
                        "http is a route; routes cannot be paused, take it out of the manifest"
                                + " instead");
        HttpResponse<String> missing = node.admin("POST", TRIGGERS + "/schedule/pause");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(detail(missing)).isEqualTo("beat has no trigger 'schedule'; it has http");
    }

    @Test
    void aWrongExpressionIsRefusedAtTheDeploy() throws IOException {
        HttpResponse<String> response =
                node.tryDeploy("beat", BEAT, "triggers: [schedule: {cron: '61 * * * * *'}]");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(TestNode.json(response).path("problems").path(0).path("message").asString())
                .isEqualTo(
                        "triggers[0].schedule: the second `61` is not understood: a second is 0 to"
                                + " 59");
    }

    @Test
    void anHttpFunctionIsRefusedAtTheDeploy() throws IOException {
        HttpResponse<String> response = node.tryDeploy("echo", TestNode.ECHO, SECONDLY);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(TestNode.json(response).path("problems").path(0).path("message").asString())
                .isEqualTo(
                        "triggers[0].schedule: `Echo` is an HTTP function, which cannot take a"
                                + " tick; make it an EventFunction or a TypedFunction");
    }

    private long beats() {
        return node.admin("GET", "/v1/functions/beat/logs")
                .body()
                .lines()
                .filter(line -> line.contains("beat dev.treadle"))
                .count();
    }

    private static JsonNode trigger(int index, HttpResponse<String> response) {
        return TestNode.json(response).path("triggers").path(index);
    }

    private static String detail(HttpResponse<String> response) {
        return TestNode.json(response).path("detail").asString();
    }
}
