package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin API answers as {@code openapi.yaml} says. */
class OpenApiTest {
    private static final String F = "/v1/functions/{name}";

    private final OpenApi openApi = new OpenApi();
    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void everyOperationAnswersAsDocumented() throws Exception {
        check("GET", "/health/live", node.stranger("GET", "/health/live"));
        check("GET", "/health/ready", node.stranger("GET", "/health/ready"));
        check("GET", "/metrics", node.stranger("GET", "/metrics"));
        check("GET", "/openapi", node.stranger("GET", "/openapi"));
        check("GET", "/v1/node", node.admin("GET", "/v1/node"));
        check("GET", "/v1/bindings", node.admin("GET", "/v1/bindings"));
        String digest = node.upload(TestNode.ECHO);
        String artifact = "/v1/artifacts/{digest}";
        check("HEAD", artifact, node.admin("HEAD", "/v1/artifacts/" + digest));
        check("HEAD", artifact, node.admin("HEAD", "/v1/artifacts/" + "0".repeat(64)));
        check(
                "PUT",
                artifact,
                node.admin("PUT", "/v1/artifacts/" + "0".repeat(64), "no such bytes"));
        String route = "triggers: [http: {path: /echo}]\n";
        check("POST", F + "/releases", node.tryDeploy("echo", TestNode.ECHO, route));
        check("POST", F + "/releases", node.tryDeploy("echo", TestNode.ECHO, route));
        check("POST", F + "/releases", node.tryDeploy("echo", TestNode.ECHO, "limits: {queue: 1}"));
        check("POST", F + "/releases", node.tryDeploy("echo", TestNode.ECHO, "limits: {queue: x}"));
        check("GET", "/v1/functions", node.admin("GET", "/v1/functions"));
        check("GET", F, node.admin("GET", "/v1/functions/echo"));
        check("GET", F, node.admin("GET", "/v1/functions/nobody"));
        check("GET", F + "/releases", node.admin("GET", "/v1/functions/echo/releases"));
        String jar = F + "/releases/{number}/artifact";
        check("GET", jar, node.admin("GET", "/v1/functions/echo/releases/1/artifact"));
        check("GET", jar, node.admin("GET", "/v1/functions/echo/releases/9/artifact"));
        String alias = F + "/aliases/{alias}";
        String weights = "{\"weights\":{\"1\":90,\"2\":10}}";
        check("PUT", alias, node.admin("PUT", "/v1/functions/echo/aliases/live", weights));
        check("PUT", alias, node.admin("PUT", "/v1/functions/echo/aliases/next", weights));
        check(
                "PUT",
                alias,
                node.admin("PUT", "/v1/functions/echo/aliases/x", "{\"weights\":{\"1\":9}}"));
        check("DELETE", alias, node.admin("DELETE", "/v1/functions/echo/aliases/next"));
        check("DELETE", alias, node.admin("DELETE", "/v1/functions/echo/aliases/live"));
        check("POST", F + "/rollback", node.admin("POST", "/v1/functions/echo/rollback"));
        check("POST", F + "/invoke", node.admin("POST", "/v1/functions/echo/invoke", "hi"));
        check("POST", F + "/invoke", node.admin("POST", "/v1/functions/nobody/invoke", "hi"));
        checkTriggers();
        check("GET", F + "/logs", node.admin("GET", "/v1/functions/echo/logs"));
        check("GET", F + "/logs", node.admin("GET", "/v1/functions/nobody/logs"));
        check("GET", "/v1/invocations", node.admin("GET", "/v1/invocations?function=echo"));
        withoutNats();
        checkModels();
        String event = "/v1/test-events/{name}";
        check("PUT", event, node.admin("PUT", "/v1/test-events/e", "{}"));
        check("GET", "/v1/test-events", node.admin("GET", "/v1/test-events"));
        check("GET", event, node.admin("GET", "/v1/test-events/e"));
        check("DELETE", event, node.admin("DELETE", "/v1/test-events/e"));
        check("PUT", "/v1/secrets/{key}", node.admin("PUT", "/v1/secrets/KEY", "s3cret"));
        check("PUT", "/v1/secrets/{key}", node.admin("PUT", "/v1/secrets/not-legal", "x"));
        check("GET", "/v1/secrets", node.admin("GET", "/v1/secrets"));
        check("DELETE", "/v1/secrets/{key}", node.admin("DELETE", "/v1/secrets/KEY"));
        check("DELETE", "/v1/secrets/{key}", node.admin("DELETE", "/v1/secrets/KEY"));
        check("DELETE", F, node.admin("DELETE", "/v1/functions/echo"));
        check("DELETE", F, node.admin("DELETE", "/v1/functions/echo"));

        assertThat(openApi.seenOperations()).isEqualTo(openApi.operations());
    }

    private void checkTriggers() throws Exception {
        String tick =
                """
                public class Tick implements EventFunction {
                    public void handle(Event event, Context context) {}
                }
                """;
        node.deploy("tick", tick, "triggers: [schedule: {cron: '@daily'}, http: {path: /tick}]");
        String triggers = F + "/triggers";
        String ours = "/v1/functions/tick/triggers";
        check("GET", triggers, node.admin("GET", ours + "?next=2"));
        check("GET", triggers, node.admin("GET", ours + "?next=many"));
        check("GET", triggers, node.admin("GET", "/v1/functions/nobody/triggers"));
        for (String verb : List.of("pause", "resume")) {
            String path = triggers + "/{trigger}/" + verb;
            check("POST", path, node.admin("POST", ours + "/schedule/" + verb));
            check("POST", path, node.admin("POST", ours + "/http/" + verb));
            check("POST", path, node.admin("POST", ours + "/nats/" + verb));
        }
    }

    private void checkModels() throws Exception {
        String models = "/v1/models/{name}";
        String ours = "/v1/models/m";
        String push = "{\"artifact\":\"%s\"}";
        String first = node.upload(TestModels.scale(2));
        String second = node.upload(TestModels.scale(3));
        check(
                "POST",
                models + "/releases",
                node.admin("POST", ours + "/releases", push.formatted(first)));
        check(
                "POST",
                models + "/releases",
                node.admin("POST", ours + "/releases", push.formatted(first)));
        check(
                "POST",
                models + "/releases",
                node.admin("POST", ours + "/releases", push.formatted(second)));
        check(
                "POST",
                models + "/releases",
                node.admin("POST", ours + "/releases", push.formatted("x")));
        check("GET", "/v1/models", node.admin("GET", "/v1/models"));
        check("GET", models, node.admin("GET", ours));
        check("GET", models, node.admin("GET", "/v1/models/none"));
        check("GET", models + "/releases", node.admin("GET", ours + "/releases"));
        String alias = models + "/aliases/{alias}";
        String weights = "{\"weights\":{\"1\":90,\"2\":10}}";
        check("PUT", alias, node.admin("PUT", ours + "/aliases/live", weights));
        check("PUT", alias, node.admin("PUT", ours + "/aliases/next", weights));
        check("PUT", alias, node.admin("PUT", ours + "/aliases/x", weights.replace("2", "7")));
        check("DELETE", alias, node.admin("DELETE", ours + "/aliases/next"));
        check("DELETE", alias, node.admin("DELETE", ours + "/aliases/live"));
        check("POST", models + "/rollback", node.admin("POST", ours + "/rollback"));
        check("DELETE", models, node.admin("DELETE", ours));
        check("DELETE", models, node.admin("DELETE", ours));
    }

    /** What needs NATS says so; {@code EventsTest} has the other answers. */
    private void withoutNats() {
        check("POST", "/v1/events", node.admin("POST", "/v1/events", "{\"subject\":\"a\"}"));
        check("POST", "/v1/events", node.admin("POST", "/v1/events", "{}"));
        String letters = "/v1/functions/echo/dead-letters";
        check("GET", F + "/dead-letters", node.admin("GET", letters));
        check("DELETE", F + "/dead-letters", node.admin("DELETE", letters));
        check("GET", F + "/dead-letters/{id}", node.admin("GET", letters + "/1"));
        check("POST", F + "/dead-letters/redrive", node.admin("POST", letters + "/redrive"));
        check("POST", F + "/replay", node.admin("POST", "/v1/functions/echo/replay", "{}"));
    }

    private void check(String method, String path, HttpResponse<String> response) {
        openApi.check(method, path, response);
    }
}
