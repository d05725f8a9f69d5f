package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.SourceJar;
import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** We get a good message when … a call goes wrong: one for each code from TR-2001 on. */
class RunMessagesTest {
    private static final Problems PROBLEMS = new Problems();

    private static final String WAITS =
            """
            public class Waits implements HttpFunction {
                public Response handle(Request request, Context context) throws Exception {
                    new CountDownLatch(1).await();
                    return Response.ok();
                }
            }
            """;

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @AfterAll
    static void everyCodeHasBeenSeen() {
        PROBLEMS.requireSeen(code -> !code.id().startsWith("TR-1"));
    }

    private static final String KV = "bindings: {cache: {kv: sessions}}\n";

    @Test
    void whatIsBehindABindingCannotBeReached() throws IOException {
        Files.writeString(data.resolve("kv"), "a file where the folder should be");
        node.deploy(
                "count",
                """
                public class Count implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.text("" + context.kv("cache").add("n", 1));
                    }
                }
                """,
                KV + "triggers: [http: {path: /count}]");

        PROBLEMS.check(
                ErrorCode.BINDING_UNAVAILABLE,
                node.get("/count"),
                "What is behind a binding cannot be reached: cache");
        assertThat(node.admin("GET", "/v1/functions/count/logs").body())
                .contains("binding cache (rocksdb in ")
                .contains("cannot be opened");
    }

    @Test
    void whatIsBehindABindingFailsOrHasNoPlace() throws IOException {
        node.deploy(
                "count",
                """
                public class Count implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        BindingFailed.Reason reason =
                                BindingFailed.Reason.valueOf(request.pathParam("reason"));
                        throw new BindingFailed("cache", "redis at x:1", reason, "secret", null);
                    }
                }
                """,
                "triggers: [http: {path: '/count/{reason}'}]");

        PROBLEMS.check(
                ErrorCode.BINDING_FAILED,
                node.get("/count/FAILED"),
                "What is behind a binding failed: cache");
        PROBLEMS.check(
                ErrorCode.BINDING_BUSY,
                node.get("/count/BUSY"),
                "A binding has all the calls it allows: cache");
    }

    @Test
    void aDependencyIsDown() throws IOException {
        node.deploy(
                "ship",
                """
                public class Ship implements EventFunction {
                    public void handle(Event event, Context context) {}
                }
                """,
                """
                triggers: [nats: {stream: ORDERS, subject: orders.new}]
                requires: [{tcp: "127.0.0.1:1", interval: 100ms, failures: 1}]
                """);
        String triggers = "/v1/functions/ship/triggers";

        Eventually.holds(() -> node.admin("GET", triggers).body().contains("down since"));

        PROBLEMS.saw(ErrorCode.DEPENDENCY_DOWN);
        assertThat(
                        TestNode.json(node.admin("GET", triggers))
                                .path("triggers")
                                .get(0)
                                .path("reason")
                                .asString())
                .matches(
                        "dependency tcp 127\\.0\\.0\\.1:1 down since 20[^ ]+Z: the connection is"
                                + " refused \\(TR-3004\\)");
    }

    @Test
    void natsIsOff() {
        PROBLEMS.check(
                ErrorCode.NATS_UNAVAILABLE,
                node.admin("POST", "/v1/events", "{\"subject\":\"orders.new\"}"),
                "cannot publish to 'orders.new': NATS is not available: off, as configured: NATS"
                        + " triggers do not run");
    }

    @Test
    void aFunctionFails() throws IOException {
        node.deploy("bad", Problems.throwing("new IllegalStateException(\"password=hunter2\")"));

        HttpResponse<String> response = node.get("/bad");

        PROBLEMS.check(
                ErrorCode.FUNCTION_ERROR,
                response,
                "The function failed; its log has the details under this invocation's id");
        String invocation = TestNode.json(response).path("invocation").asString();
        assertThat(node.admin("GET", "/v1/functions/bad/logs?invocation=" + invocation).body())
                .contains("hunter2");
    }

    @Test
    void aFunctionTakesTooLong() throws IOException {
        node.deploy("slow", WAITS, "limits: {timeout: 50ms}\ntriggers: [http: {path: /slow}]");

        PROBLEMS.check(
                ErrorCode.FUNCTION_TIMEOUT,
                node.get("/slow"),
                "the function did not end within its limits.timeout of 50ms");
    }

    @Test
    void aFunctionDoesNotStart() throws IOException {
        PROBLEMS.check(
                ErrorCode.START_FAILED,
                422,
                node.tryDeploy(
                        "f",
                        """
                        public class F implements HttpFunction {
                            public F() { throw new IllegalArgumentException("no region"); }
                            public Response handle(Request request, Context context) { return Response.ok(); }
                        }
                        """,
                        ""),
                "f@v1 did not start: java.lang.IllegalArgumentException: no region");
        assertThat(node.admin("GET", "/v1/functions/f/logs").body())
                .contains("TR-2003 java.lang.IllegalArgumentException: no region", "F.<init>");
    }

    @Test
    void aHandlerIsGoneFromTheArtifact() throws IOException {
        JsonNode record = callAfterReplacing(jarWithNothing());

        assertThat(record.path("code").asString()).isEqualTo(ErrorCode.HANDLER_MISSING.id());
        assertThat(record.path("error").asString())
                .isEqualTo(
                        "handler class `Echo` is not in the artifact of echo@v1; check `entry` in"
                                + " function.yaml");
    }

    @Test
    void aClassIsTooNew() throws IOException {
        byte[] jar = newerJar();

        JsonNode record = callAfterReplacing(jar);

        assertThat(record.path("code").asString()).isEqualTo(ErrorCode.CLASS_TOO_NEW.id());
        assertThat(record.path("error").asString())
                .startsWith("echo@v1 was compiled for a newer Java than this node's");
    }

    @Test
    void aResultIsNoJson() throws IOException {
        node.deploy(
                "loop",
                """
                public class Loop implements HttpFunction {
                    public static class Node { public Node getNext() { throw new IllegalStateException("lost"); } }
                    public Response handle(Request request, Context context) { return Response.json(new Node()); }
                }
                """);

        PROBLEMS.check(
                ErrorCode.RESULT_UNWRITABLE,
                node.get("/loop"),
                "The function's result cannot be written as JSON; its log says why");
    }

    @Test
    void aFunctionWantsToBeTriedLater() throws IOException {
        node.deploy("later", Problems.throwing("new RetryAfter(java.time.Duration.ofSeconds(7))"));

        HttpResponse<String> response = node.get("/later");

        PROBLEMS.check(
                ErrorCode.RETRY_LATER, response, "The function asks to be tried again later");
        assertThat(response.headers().firstValue("retry-after")).contains("7");
    }

    @Test
    void aFunctionIsBusy() throws Exception {
        node.deploy(
                "slow",
                WAITS,
                "limits: {timeout: 4s, concurrency: 1, queue: 0}\ntriggers: [http: {path: /slow}]");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = threads.submit(() -> node.get("/slow"));
            Eventually.holds(() -> inFlight() == 1);

            HttpResponse<String> response = node.get("/slow");

            PROBLEMS.check(
                    ErrorCode.FUNCTION_BUSY,
                    response,
                    "slow runs 1 calls and 0 wait, as many as limits.concurrency and limits.queue"
                            + " allow");
            assertThat(response.headers().firstValue("retry-after")).contains("1");
            first.cancel(true);
        }
    }

    @Test
    void aCallWaitsForItsTurnInVain() throws Exception {
        node.deploy(
                "slow",
                WAITS,
                "limits: {timeout: 300ms, concurrency: 1, queue: 5}\ntriggers: [http: {path: /slow}]");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> calls =
                    Stream.generate(() -> threads.submit(() -> node.get("/slow")))
                            .limit(4)
                            .toList();
            for (Future<HttpResponse<String>> call : calls) {
                HttpResponse<String> response = call.get();
                if (PROBLEMS.code(response) == ErrorCode.QUEUE_TIMEOUT) {
                    assertThat(Problems.detail(response))
                            .isEqualTo(
                                    "The call waited for one of the 1 places (limits.concurrency) of"
                                            + " slow until limits.timeout, 300 ms");
                }
            }
        }
    }

    @Test
    void aNodeIsStopping() throws Exception {
        node.deploy("echo", TestNode.ECHO);
        node.deploy("slow", WAITS, "limits: {timeout: 5s}\ntriggers: [http: {path: /slow}]");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> running = threads.submit(() -> node.get("/slow"));
            Eventually.holds(() -> inFlight() == 1);
            Future<?> stopping = threads.submit(() -> node.node.close());
            Eventually.holds(() -> node.stranger("GET", "/health/ready").statusCode() == 503);
            Eventually.holds(() -> node.get("/echo").statusCode() == 503); // a moment later

            PROBLEMS.check(
                    ErrorCode.NODE_DRAINING,
                    node.get("/echo"),
                    "this node is stopping; try again elsewhere");
            assertThat(PROBLEMS.code(running.get())).isEqualTo(ErrorCode.FUNCTION_TIMEOUT);
            stopping.get();
        }
    }

    @Test
    void theNodeItselfFails() throws IOException {
        Files.writeString(data.resolve("secrets"), "a file where a folder should be");

        PROBLEMS.check(
                ErrorCode.INTERNAL,
                node.admin("PUT", "/v1/secrets/KEY", "x"),
                "the secret KEY cannot be written; see the node's log");
    }

    @Test
    void anArtifactIsGone() throws IOException {
        node.deploy("echo", TestNode.ECHO);
        node.close();
        Files.delete(artifact());
        node = new TestNode(data);

        PROBLEMS.check(
                ErrorCode.ARTIFACT_UNREADABLE,
                node.get("/echo"),
                "The function could not be loaded");
    }

    @Test
    void somethingBehindTheFunctionFails() throws IOException {
        node.deploy(
                "call",
                Problems.throwing(
                        "new RuntimeException(new java.net.ConnectException(\"refused\"))"));

        PROBLEMS.check(
                ErrorCode.DEPENDENCY_FAILED,
                node.get("/call"),
                "Something the function depends on did not answer");
    }

    @Test
    void functionsCallEachOtherInACircle() throws IOException {
        node.deploy(
                "asks", Problems.calls("asks"), "calls: [asks]\ntriggers: [http: {path: /asks}]");

        PROBLEMS.check(
                ErrorCode.CALL_LOOP,
                node.get("/asks"),
                "17 functions wait for each other before asks, and 16 are allowed: they seem to call each other in a circle");
    }

    private int inFlight() {
        return TestNode.json(node.admin("GET", "/v1/node")).path("inFlight").asInt();
    }

    /**
     * Deploys, replaces the artifact's bytes while the node is down, calls, and gives the record.
     */
    private JsonNode callAfterReplacing(byte[] jar) throws IOException {
        node.deploy("echo", TestNode.ECHO);
        node.close();
        Path artifact = artifact();
        artifact.toFile().setWritable(true);
        Files.write(artifact, jar);
        node = new TestNode(data);
        HttpResponse<String> response = node.get("/echo");
        PROBLEMS.code(response);
        assertThat(Problems.detail(response)).isEqualTo("The function could not be loaded");
        return TestNode.json(node.admin("GET", "/v1/invocations?function=echo"))
                .path("invocations")
                .get(0);
    }

    private Path artifact() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("registry"))) {
            return files.filter(
                            file ->
                                    file.getFileName()
                                            .toString()
                                            .matches("[0-9a-f]{62,64}(\\.jar)?"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] jarWithNothing() throws IOException {
        return Jars.of("readme.txt", new byte[] {1});
    }

    private static byte[] newerJar() throws IOException {
        byte[] echo = Jars.entry(SourceJar.compile(TestNode.ECHO).bytes(), "Echo.class");
        echo[7] = 99; // the class file's major version
        return Jars.of("Echo.class", echo);
    }
}
