package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AdminApiTest {
    private static final String F = "/v1/functions/{name}";

    private final OpenApi openApi = new OpenApi();
    @TempDir Path data;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @AfterEach
    void stop() {
        node.close();
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

    @Test
    void nothingUnderV1IsOpenWithoutTheToken() {
        for (String path :
                new String[] {"/v1/functions", "/v1/node", "/v1/secrets", "/v1", "/v1/nothing"}) {
            HttpResponse<String> response = node.stranger("GET", path);

            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
        }
        HttpResponse<String> wrong =
                node.send(
                        node.request(node.node.adminUrl() + "/v1/node", "GET", "")
                                .header("Authorization", "Bearer wrong"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(TestNode.json(wrong).path("detail").asString())
                .isEqualTo("the token is not this node's");
    }

    @Test
    void tokenAndSecretsAreForTheirOwnerOnly() throws IOException {
        node.admin("PUT", "/v1/secrets/KEY", "s3cret");

        for (String file : new String[] {"admin.token", "secrets/KEY", "node.json"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(node.admin("GET", "/v1/secrets").body())
                .contains("KEY")
                .doesNotContain("s3cret");
    }

    @Test
    void whatTheCommandLineFindsTheNodeByGoesWithTheNode() throws IOException {
        Path token =
                Path.of(System.getProperty("user.home"), ".treadle", "tokens")
                        .resolve(node.node.adminUrl().replace("http://", "").replace(':', '_'));
        assertThat(token).exists();
        assertThat(data.resolve("node.json")).exists();

        node.close();

        assertThat(token).doesNotExist();
        assertThat(data.resolve("node.json")).doesNotExist();
        assertThat(data.resolve("admin.token")).exists();
    }

    @Test
    void healthAndTheNodeSayThatNatsIsOff() {
        assertThat(TestNode.json(node.stranger("GET", "/health/ready")).path("checks").path(1))
                .hasToString(
                        "{\"name\":\"nats\",\"status\":\"OFF\",\"detail\":\"off, as configured: NATS"
                                + " triggers do not run\"}");
        assertThat(TestNode.json(node.admin("GET", "/v1/node")).path("nats").path("state"))
                .hasToString("\"off\"");
    }

    @Test
    void redeployOfTheSameChangesNothing() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        JsonNode again = node.deploy("echo", TestNode.ECHO);

        assertThat(again.path("outcome").asString()).isEqualTo("unchanged");
        assertThat(again.path("release").asInt()).isEqualTo(1);
    }

    @Test
    void dryRunSaysWhatWouldChangeAndChangesNothing() throws IOException {
        node.deploy("echo", TestNode.ECHO);
        String digest = node.upload(TestNode.ECHO);

        JsonNode result =
                TestNode.json(
                        node.admin(
                                "POST",
                                "/v1/functions/echo/releases",
                                """
                                {"manifest": "schema: 1\\nname: echo\\nentry: Echo\\nlimits: {timeout: 5s}\\ntriggers: [http: {path: /echo}]",
                                 "artifact": "%s", "dryRun": true}
                                """
                                        .formatted(digest)));

        assertThat(result.path("outcome").asString()).isEqualTo("dry-run");
        assertThat(result.path("changes").get(0).asString()).isEqualTo("limits.timeout: 10s -> 5s");
        assertThat(TestNode.json(node.admin("GET", "/v1/functions/echo/releases")).path("releases"))
                .hasSize(1);
    }

    @Test
    void releaseThatDoesNotStartNeverGoesLive() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        HttpResponse<String> refused =
                node.tryDeploy(
                        "echo",
                        """
                        public class Broken implements HttpFunction {
                            public void start(FunctionContext context) { throw new IllegalStateException("no database"); }
                            public Response handle(Request request, Context context) { return Response.ok(); }
                        }
                        """,
                        "triggers: [http: {path: /echo}]");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(TestNode.json(refused).path("detail").asString())
                .isEqualTo("echo@v2 did not start: java.lang.IllegalStateException: no database");
        assertThat(node.http("POST", "/echo", "still").body()).isEqualTo("still");
    }

    @Test
    void rollbackBringsTheFormerReleaseBack() throws IOException {
        node.deploy("f", answer("one"));
        node.deploy("f", answer("two"));
        assertThat(node.get("/f").body()).isEqualTo("two");

        node.admin("POST", "/v1/functions/f/rollback");
        assertThat(node.get("/f").body()).isEqualTo("one");

        node.admin("POST", "/v1/functions/f/rollback", "{\"release\": 2}");
        assertThat(node.get("/f").body()).isEqualTo("two");
    }

    @Test
    void routeThatOnlyTheCanaryHasGoesToTheCanary() throws IOException {
        node.deploy("f", answer("old"), "triggers: [http: {path: /f}]");
        node.deploy("f", answer("new"), "triggers: [{http: {path: /f}}, {http: {path: /g}}]");
        node.admin("PUT", "/v1/functions/f/aliases/live", "{\"weights\":{\"1\":99,\"2\":1}}");

        for (int i = 0; i < 20; i++) {
            assertThat(node.get("/g").body()).isEqualTo("new");
        }
    }

    @Test
    void invokeFillsPathVariablesFromTheFunctionsRoute() throws IOException {
        node.deploy(
                "greet",
                """
                public class Greet implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.text(request.method() + " " + request.pathParam("name") + " "
                                + request.queryParam("q").orElse("-") + " " + context.invocation().trigger());
                    }
                }
                """,
                "triggers: [http: {path: '/greet/{name}', methods: [GET]}]");

        HttpResponse<String> response =
                node.admin("POST", "/v1/functions/greet/invoke?path=/greet/Ada%3Fq=1");

        assertThat(response.body()).isEqualTo("GET Ada 1 invoke");
        assertThat(response.headers().firstValue("treadle-invocation")).isPresent();
    }

    @Test
    void secretsReachFunctionsAndAreMissedByName() throws IOException {
        node.deploy(
                "tell",
                """
                public class Tell implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.text(context.secret("API_KEY").orElse("none"));
                    }
                }
                """,
                "secrets: [API_KEY]\ntriggers: [http: {path: /tell}]");
        assertThat(node.get("/tell").body()).isEqualTo("none");
        assertThat(
                        TestNode.json(node.admin("GET", "/v1/functions/tell"))
                                .path("missingSecrets")
                                .get(0)
                                .asString())
                .isEqualTo("API_KEY");

        node.admin("PUT", "/v1/secrets/API_KEY", "s3cret");

        assertThat(node.get("/tell").body()).isEqualTo("s3cret");
    }

    @Test
    void traceIsContinuedIntoTheInvocationItsLogAndItsRecord() throws IOException {
        node.deploy(
                "traced",
                """
                public class Traced implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        context.log().info("here");
                        return Response.text(context.invocation().traceparent());
                    }
                }
                """);
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        String own =
                node.send(
                                node.request(node.node.httpUrl() + "/traced", "GET", "")
                                        .header(
                                                "traceparent",
                                                "00-" + trace + "-00f067aa0ba902b7-01"))
                        .body();

        assertThat(own)
                .startsWith("00-" + trace + "-")
                .endsWith("-01")
                .doesNotContain("00f067aa0ba902b7");
        assertThat(node.admin("GET", "/v1/functions/traced/logs").body()).contains(trace);
        assertThat(node.admin("GET", "/v1/invocations?function=traced").body()).contains(trace);
    }

    @Test
    void functionsAreThereAgainAfterARestart() throws IOException {
        node.deploy("echo", TestNode.ECHO);
        node.close();

        node = new TestNode(data);

        assertThat(node.http("POST", "/echo", "back").body()).isEqualTo("back");
        assertThat(
                        TestNode.json(node.admin("GET", "/v1/functions/echo"))
                                .path("callable")
                                .path("now")
                                .asBoolean())
                .isTrue();
    }

    @Test
    void metricsCountCallsByFunctionAndRelease() throws IOException {
        node.deploy("echo", TestNode.ECHO);
        node.get("/echo");
        node.get("/echo");

        String metrics = node.stranger("GET", "/metrics").body();

        assertThat(metrics)
                .containsPattern("faas_invocations_total\\{[^}]*faas_name=\"echo\"[^}]*\\} 2\\.0")
                .contains(
                        "faas_invoke_duration_seconds_count{faas_name=\"echo\",faas_version=\"v1\"} 2")
                .contains("jvm_uptime_seconds");
    }

    private void check(String method, String path, HttpResponse<String> response) {
        openApi.check(method, path, response);
    }

    private static String answer(String text) {
        return """
               public class Answer implements HttpFunction {
                   public Response handle(Request request, Context context) {
                       return Response.text("%s");
                   }
               }
               """
                .formatted(text);
    }
}
