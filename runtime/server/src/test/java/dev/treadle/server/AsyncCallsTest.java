package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.nats.server.NatsState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls that are answered later, on a whole node with a managed server. */
class AsyncCallsTest {
    private static final String MAKES =
            """
            public class Make implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text(request.method() + " " + request.pathParam("id") + " "
                            + request.queryParam("q").orElse("") + " " + request.text() + " "
                            + request.header("authorization").orElse("none"))
                        .withStatus(201).header("X-Made", context.invocation().id());
                }
            }
            """;
    private static final String SECOND_TIME =
            """
            public class Later implements HttpFunction {
                public Response handle(Request request, Context context) {
                    if (context.invocation().attempt() == 1) {
                        throw new RetryAfter(java.time.Duration.ofSeconds(2));
                    }
                    return Response.text(request.text() + " at attempt " + context.invocation().attempt());
                }
            }
            """;
    private static final String BROKEN =
            """
            public class Broken implements HttpFunction {
                public Response handle(Request request, Context context) {
                    throw new IllegalStateException("no lorry");
                }
            }
            """;
    private static final String SLOW =
            """
            public class Slow implements HttpFunction {
                public Response handle(Request request, Context context) throws Exception {
                    context.log().info("begins");
                    try {
                        new java.util.concurrent.CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        context.log().info("interrupted");
                        throw e;
                    }
                    return Response.ok();
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
    void aRequestIsAnsweredLater() throws Exception {
        node.deploy("make", MAKES, "triggers: [http: {path: '/make/{id}', methods: [PUT]}]");

        HttpResponse<String> accepted = begin("PUT", "/make/a%20b?q=1", "it");

        String url = accepted.headers().firstValue("location").orElseThrow();
        assertThat(accepted.headers().firstValue("preference-applied")).contains("respond-async");
        JsonNode ended = ended(url);
        assertThat(ended.path("status").asString()).isEqualTo("succeeded");
        assertThat(ended.path("attempts").asInt()).isEqualTo(1);
        HttpResponse<String> result = node.get(url + "/result");
        assertThat(result.statusCode()).isEqualTo(201);
        assertThat(result.body()).isEqualTo("PUT a b 1 it none");
        assertThat(result.headers().firstValue("x-made"))
                .contains(TestNode.json(accepted).path("id").asString());
        assertThat(node.admin("GET", "/v1/invocations?id=" + ended.path("id").asString()).body())
                .contains("\"async\"");
    }

    @Test
    void anAcceptedRequestOutlivesTheNode() throws Exception {
        node.deploy("later", SECOND_TIME);
        String url = begin("POST", "/later", "it").headers().firstValue("location").orElseThrow();
        Eventually.holds(() -> TestNode.json(node.get(url)).path("attempts").asInt() >= 1);

        node.close();
        node = TestNode.withNats(data);

        Eventually.holds(Duration.ofMinutes(2), () -> "succeeded".equals(status(url)));
        assertThat(node.get(url + "/result").body()).isEqualTo("it at attempt 2");
    }

    @Test
    void aCallByNameIsAnsweredLaterAndItsTokenKeptNowhere() throws Exception {
        node.deploy("make", MAKES, "triggers: [http: {path: '/make/{id}'}]");
        connected();

        HttpResponse<String> accepted =
                node.admin("POST", "/v1/functions/make/invoke?path=/make/7", "it", "respond-async");

        openApi.check("POST", "/v1/functions/{name}/invoke", accepted);
        assertThat(accepted.statusCode()).isEqualTo(202);
        String url = accepted.headers().firstValue("location").orElseThrow();
        assertThat(url).startsWith(node.node.httpUrl() + "/_treadle/async/");
        String path = url.substring(node.node.httpUrl().length());
        Eventually.holds(() -> "succeeded".equals(status(path)));
        assertThat(node.get(path + "/result").body()).isEqualTo("POST 7  it none");
    }

    @Test
    void theManifestSaysHowOftenItIsTried() throws Exception {
        node.deploy(
                "broken",
                BROKEN,
                """
                triggers:
                  - http: {path: /first}
                  - http:
                      path: /broken
                      async: {retry: {attempts: 2, backoff: [10ms], jitter: none}, results: 1h}
                """);

        String url = begin("POST", "/broken", "it").headers().firstValue("location").orElseThrow();

        JsonNode ended = ended(url);
        assertThat(ended.path("status").asString()).isEqualTo("failed");
        assertThat(ended.path("attempts").asInt()).isEqualTo(2);
        assertThat(ended.path("error").path("code").asString()).isEqualTo("TR-2001");
        assertThat(
                        Duration.between(
                                java.time.Instant.parse(ended.path("changed").asString()),
                                java.time.Instant.parse(ended.path("expires").asString())))
                .isEqualTo(Duration.ofHours(1));
        HttpResponse<String> result = node.get(url + "/result");
        assertThat(result.statusCode()).isEqualTo(500);
        assertThat(TestNode.json(result).path("code").asString()).isEqualTo("TR-2001");
        JsonNode letters = TestNode.json(node.admin("GET", "/v1/functions/broken/dead-letters"));
        assertThat(letters.path("deadLetters").get(0).path("trigger").asString())
                .isEqualTo("async");
        assertThat(letters.path("deadLetters").get(0).path("error").path("message").asString())
                .isEqualTo("no lorry");
        assertThat(node.admin("GET", "/metrics").body())
                .contains("treadle_events_dead_total{faas_name=\"broken\",trigger=\"async\"} 1");
    }

    @Test
    void aFailedCallRunsAgainByRedrive() throws Exception {
        node.deploy(
                "broken",
                BROKEN,
                "triggers: [http: {path: /broken, async: {retry: {attempts: 1}}}]");
        String url = begin("POST", "/broken", "it").headers().firstValue("location").orElseThrow();
        ended(url);
        node.deploy("broken", TestNode.ECHO, "triggers: [http: {path: /broken}]");

        HttpResponse<String> redriven =
                node.admin("POST", "/v1/functions/broken/dead-letters/redrive", "{}");

        assertThat(TestNode.json(redriven).path("redriven").asInt())
                .as(redriven.body())
                .isEqualTo(1);
    }

    @Test
    void aRunningCallIsCancelled() throws Exception {
        node.deploy("slow", SLOW, "limits: {timeout: 10m}\ntriggers: [http: {path: /slow}]");
        String url = begin("GET", "/slow", "").headers().firstValue("location").orElseThrow();
        Eventually.holds(() -> logs("slow").contains("begins"));
        assertThat(status(url)).isEqualTo("running");
        HttpResponse<String> early = node.get(url + "/result");
        assertThat(TestNode.json(early).path("code").asString()).isEqualTo("TR-1013");
        assertThat(TestNode.json(early).path("detail").asString())
                .isEqualTo("the call is running; ask again later");

        HttpResponse<String> cancelled = node.http("DELETE", url, "");

        assertThat(TestNode.json(cancelled).path("status").asString()).isEqualTo("cancelled");
        Eventually.holds(() -> logs("slow").contains("interrupted"));
        assertThat(TestNode.json(node.get(url + "/result")).path("code").asString())
                .isEqualTo("TR-1014");
        assertThat(status(url)).isEqualTo("cancelled");
    }

    @Test
    void whatIsNotThereIsNotAccepted() throws Exception {
        node.deploy("echo", TestNode.ECHO);
        connected();

        HttpResponse<String> alias =
                node.admin("POST", "/v1/functions/echo/invoke?reference=v9", "it", "respond-async");
        HttpResponse<String> call = node.get("/_treadle/async/01HZZZZZZZZZZZZZZZZZZZZZZZ");

        assertThat(alias.statusCode()).isEqualTo(404);
        assertThat(TestNode.json(alias).path("detail").asString())
                .isEqualTo("there is no function 'echo', or it has no alias or release 'v9'");
        assertThat(TestNode.json(call).path("detail").asString())
                .isEqualTo(
                        "there is no asynchronous call '01HZZZZZZZZZZZZZZZZZZZZZZZ'; its result may have expired");
    }

    @Test
    void withoutNatsARequestIsNotAccepted(@TempDir Path other) throws Exception {
        try (TestNode off = new TestNode(other)) {
            off.deploy("echo", TestNode.ECHO);

            HttpResponse<String> response =
                    off.send(
                            off.request(off.node.httpUrl() + "/echo", "POST", "it")
                                    .header("Prefer", "respond-async"));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(TestNode.json(response).path("code").asString()).isEqualTo("TR-5002");
            assertThat(TestNode.json(response).path("detail").asString())
                    .startsWith("an asynchronous call needs NATS, which is not available: ");
        }
    }

    /** Sends a request that need not wait until it is accepted: NATS may still be starting. */
    private HttpResponse<String> begin(String method, String path, String body) {
        connected();
        HttpResponse<String> response =
                node.send(
                        node.request(node.node.httpUrl() + path, method, body)
                                .header("Prefer", "respond-async"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return response;
    }

    private void connected() {
        Eventually.holds(() -> node.node.nats().phase() == NatsState.Phase.CONNECTED);
    }

    private JsonNode ended(String url) {
        Eventually.holds(() -> TestNode.json(node.get(url)).has("expires"));
        return TestNode.json(node.get(url));
    }

    private String status(String url) {
        return TestNode.json(node.get(url)).path("status").asString();
    }

    private String logs(String function) {
        return node.admin("GET", "/v1/functions/" + function + "/logs").body();
    }
}
