package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AdminApiTest {
    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
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
