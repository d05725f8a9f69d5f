package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.SourceJar;
import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** We get a good message when … something goes wrong: one for each error code. */
class ErrorMessagesTest {
    private static final Set<ErrorCode> SEEN = EnumSet.noneOf(ErrorCode.class);

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

    @AfterAll
    static void everyCodeHasBeenSeen() {
        // Those that need a NATS server are provoked by EventsTest, AsyncCallsTest and
        // ReplayTest.
        SEEN.addAll(
                Set.of(
                        ErrorCode.NO_STREAM,
                        ErrorCode.NO_DEAD_LETTER,
                        ErrorCode.EVENTS_GONE,
                        ErrorCode.NO_ASYNC_CALL,
                        ErrorCode.ASYNC_NOT_DONE,
                        ErrorCode.ASYNC_ENDED));
        assertThat(SEEN).isEqualTo(EnumSet.allOf(ErrorCode.class));
    }

    @Test
    void aBodyDoesNotFitTheType() throws IOException {
        node.deploy(
                "age",
                """
                public class Age implements TypedFunction<Age.Person, Integer> {
                    public record Person(String name, int age) {}
                    public Integer handle(Person person, Context context) { return person.age(); }
                }
                """);

        problem(
                ErrorCode.BAD_REQUEST,
                node.http("POST", "/age", "{\"age\": \"old\"}"),
                "the payload does not fit Person at .age: Cannot deserialize value of type `int`"
                        + " from String \"old\": not a valid `int` value");
    }

    @Test
    void aPathHasNoRoute() {
        problem(ErrorCode.NO_ROUTE, node.get("/nowhere"), "no function has the route /nowhere");
    }

    @Test
    void aTestEventIsNotThere() {
        problem(
                ErrorCode.NO_TEST_EVENT,
                node.admin("GET", "/v1/test-events/o-1"),
                "there is no test event 'o-1'");
    }

    @Test
    void aRouteTakesOtherMethods() throws IOException {
        node.deploy("echo", TestNode.ECHO, "triggers: [http: {path: /echo, methods: [POST, PUT]}]");

        HttpResponse<String> response = node.get("/echo");

        problem(ErrorCode.METHOD_NOT_ALLOWED, response, "/echo takes OPTIONS, POST, PUT");
        assertThat(response.headers().firstValue("allow")).contains("OPTIONS, POST, PUT");
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

        SEEN.add(ErrorCode.DEPENDENCY_DOWN);
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
    void aBodyIsTooLarge() throws IOException {
        node.deploy(
                "echo", TestNode.ECHO, "limits: {payload: 10}\ntriggers: [http: {path: /echo}]");

        problem(
                ErrorCode.PAYLOAD_TOO_LARGE,
                node.http("POST", "/echo", "12345678901"),
                "the payload has 11 bytes; the function's limits.payload allows 10");
    }

    @Test
    void aBodyIsEncodedInAnUnknownWay() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        problem(
                ErrorCode.UNSUPPORTED_MEDIA,
                node.send(
                        node.request(node.node.httpUrl() + "/echo", "POST", "x")
                                .header("Content-Encoding", "br")),
                "the Content-Encoding 'br' is not understood; send the body as it is or with gzip");
    }

    @Test
    void aFunctionIsNotThere() {
        problem(
                ErrorCode.NO_FUNCTION,
                node.admin("GET", "/v1/functions/nobody"),
                "there is no function 'nobody'");
    }

    @Test
    void aReplayHasNoStreamToRead() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        problem(
                ErrorCode.NO_EVENT_TRIGGER,
                node.admin("POST", "/v1/functions/echo/replay", "{\"fromSequence\":1}"),
                "echo has no live nats trigger whose stream could be read again");
    }

    @Test
    void natsIsOff() {
        problem(
                ErrorCode.NATS_UNAVAILABLE,
                node.admin("POST", "/v1/events", "{\"subject\":\"orders.new\"}"),
                "cannot publish to 'orders.new': NATS is not available: off, as configured: NATS"
                        + " triggers do not run");
    }

    @Test
    void aFunctionTurnsTheRequestDown() throws IOException {
        node.deploy("stock", throwing("new HttpError(409, \"sold out\")"));

        problem(ErrorCode.REJECTED, 409, node.get("/stock"), "sold out");
    }

    @Test
    void theTokenIsMissing() {
        problem(
                ErrorCode.UNAUTHORIZED,
                node.stranger("GET", "/v1/node"),
                "send the node's token as 'Authorization: Bearer …'; it is in the file admin.token"
                        + " of the data folder");
    }

    @Test
    void theHeadersAreTooLarge() throws IOException {
        node.deploy("echo", TestNode.ECHO);
        HttpRequest.Builder request = node.request(node.node.httpUrl() + "/echo", "GET", "");
        request.header("X-Large", "x".repeat(20_000));

        assertThat(code(node.send(request))).isEqualTo(ErrorCode.HEADERS_TOO_LARGE);
    }

    @Test
    void aManifestIsWrong() throws IOException {
        HttpResponse<String> response =
                node.post(
                        "f",
                        "schema: 1\nname: f\nentry: F\nlimits: {timeout: soon, queue: -1}",
                        node.upload(TestNode.ECHO));

        problem(ErrorCode.MANIFEST_INVALID, response, "function.yaml has 2 errors");
        assertThat(TestNode.json(response).path("problems"))
                .extracting(problem -> problem.path("path").asString())
                .containsExactly("limits.timeout", "limits.queue");
    }

    @Test
    void aTriggerCannotBeServed() throws IOException {
        HttpResponse<String> response =
                node.tryDeploy(
                        "f",
                        TestNode.ECHO,
                        """
                        triggers:
                          - http: {path: /f}
                          - nats: {stream: ORDERS, subject: orders.>, ordering: strict, batch: {size: 5}}
                          - nats: {stream: ORDERS, subject: orders.a, filter: "type ="}
                        """);

        problem(
                ErrorCode.MANIFEST_INVALID,
                response,
                "function.yaml declares 2 triggers that this node cannot serve");
        assertThat(TestNode.json(response).path("problems"))
                .extracting(problem -> problem.path("message").asString())
                .satisfiesExactly(
                        batch ->
                                assertThat(batch)
                                        .isEqualTo(
                                                "triggers[1].nats: `batch` wants `ordering: none`:"
                                                        + " an event of a batch that fails comes"
                                                        + " again after later ones"),
                        filter ->
                                assertThat(filter)
                                        .startsWith(
                                                "triggers[2].nats: `filter`: not a CloudEvents"
                                                        + " SQL expression"));
    }

    @Test
    void aFunctionForOneEventCannotTakeABatch() throws IOException {
        HttpResponse<String> response =
                node.tryDeploy(
                        "f",
                        TestNode.ECHO,
                        "triggers: [nats: {stream: ORDERS, subject: orders.>, batch: {size: 5}}]");

        problem(
                ErrorCode.MANIFEST_INVALID,
                response,
                "function.yaml declares a trigger that this node cannot serve");
        assertThat(TestNode.json(response).path("problems").get(0).path("message").asString())
                .isEqualTo(
                        "triggers[0].nats: `Echo` takes one event at a time; make it a"
                                + " BatchFunction, or leave out `batch`");
    }

    @Test
    void anEntryIsMisspelt() throws IOException {
        problem(
                ErrorCode.ARTIFACT_INVALID,
                node.post("f", "schema: 1\nname: f\nentry: Ehco", node.upload(TestNode.ECHO)),
                "Handler class `Ehco` is not in f.jar; the jar has `Echo`. Check `entry` in"
                        + " function.yaml.");
    }

    @Test
    void aRouteBelongsToAnotherFunction() throws IOException {
        node.deploy("one", TestNode.ECHO, "triggers: [http: {path: '/x/{id}'}]");

        problem(
                ErrorCode.ROUTE_TAKEN,
                node.tryDeploy("two", TestNode.ECHO, "triggers: [http: {path: '/x/{name}'}]"),
                "the route /x/{name} belongs to one (as /x/{id}); change `triggers` in"
                        + " function.yaml, or delete that function");
    }

    @Test
    void somethingIsStillInUse() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        problem(
                ErrorCode.IN_USE,
                node.admin("POST", "/v1/functions/echo/rollback"),
                "echo has nothing to roll back to: live has not moved yet");
    }

    @Test
    void aFunctionFails() throws IOException {
        node.deploy("bad", throwing("new IllegalStateException(\"password=hunter2\")"));

        HttpResponse<String> response = node.get("/bad");

        problem(
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

        problem(
                ErrorCode.FUNCTION_TIMEOUT,
                node.get("/slow"),
                "the function did not end within its limits.timeout of 50ms");
    }

    @Test
    void aFunctionDoesNotStart() throws IOException {
        problem(
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

        problem(
                ErrorCode.RESULT_UNWRITABLE,
                node.get("/loop"),
                "The function's result cannot be written as JSON; its log says why");
    }

    @Test
    void aFunctionWantsToBeTriedLater() throws IOException {
        node.deploy("later", throwing("new RetryAfter(java.time.Duration.ofSeconds(7))"));

        HttpResponse<String> response = node.get("/later");

        problem(ErrorCode.RETRY_LATER, response, "The function asks to be tried again later");
        assertThat(response.headers().firstValue("retry-after")).contains("7");
    }

    @Test
    void aFunctionIsBusy() throws Exception {
        node.deploy(
                "slow",
                WAITS,
                "limits: {timeout: 1s, concurrency: 1, queue: 0}\ntriggers: [http: {path: /slow}]");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = threads.submit(() -> node.get("/slow"));
            Eventually.holds(() -> inFlight() == 1);

            HttpResponse<String> response = node.get("/slow");

            problem(
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
                if (code(response) == ErrorCode.QUEUE_TIMEOUT) {
                    assertThat(detail(response))
                            .isEqualTo(
                                    "The call waited for one of the 1 places (limits.concurrency) of"
                                            + " slow until limits.timeout, 300 ms");
                }
            }
        }
    }

    @Test
    void aNodeIsStopping() throws Exception {
        node.deploy("slow", WAITS, "limits: {timeout: 1s}\ntriggers: [http: {path: /slow}]");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> running = threads.submit(() -> node.get("/slow"));
            Eventually.holds(() -> inFlight() == 1);
            Future<?> stopping = threads.submit(() -> node.node.close());
            Eventually.holds(() -> node.stranger("GET", "/health/ready").statusCode() == 503);

            problem(
                    ErrorCode.NODE_DRAINING,
                    node.get("/slow"),
                    "this node is stopping; try again elsewhere");
            assertThat(code(running.get())).isEqualTo(ErrorCode.FUNCTION_TIMEOUT);
            stopping.get();
        }
    }

    @Test
    void theNodeItselfFails() throws IOException {
        Files.writeString(data.resolve("secrets"), "a file where a folder should be");

        problem(
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

        problem(
                ErrorCode.ARTIFACT_UNREADABLE,
                node.get("/echo"),
                "The function could not be loaded");
    }

    @Test
    void somethingBehindTheFunctionFails() throws IOException {
        node.deploy(
                "call",
                throwing("new RuntimeException(new java.net.ConnectException(\"refused\"))"));

        problem(
                ErrorCode.DEPENDENCY_FAILED,
                node.get("/call"),
                "Something the function depends on did not answer");
    }

    @Test
    void aCallIsNotDeclared() throws IOException {
        node.deploy("asks", calls("asks"), "triggers: [http: {path: /asks}]");

        assertThat(node.get("/asks").statusCode()).isEqualTo(500);
        recorded(
                ErrorCode.CALL_NOT_DECLARED,
                "asks may not call asks: list it under `calls` in function.yaml");
    }

    @Test
    void anAnswerIsNotWhatItsCallerReadsItAs() throws IOException {
        node.deploy("echo", TestNode.ECHO);
        node.deploy("asks", calls("echo"), "calls: [echo]\ntriggers: [http: {path: /asks}]");

        assertThat(node.get("/asks").statusCode()).isEqualTo(500);
        recorded(
                ErrorCode.ANSWER_MISFIT,
                "the answer of echo is not what its caller reads it as: it is empty; expected JSON for Integer");
    }

    @Test
    void functionsCallEachOtherInACircle() throws IOException {
        node.deploy("asks", calls("asks"), "calls: [asks]\ntriggers: [http: {path: /asks}]");

        problem(
                ErrorCode.CALL_LOOP,
                node.get("/asks"),
                "17 functions wait for each other before asks, and 16 are allowed: they seem to call each other in a circle");
    }

    private static String calls(String other) {
        return """
                public class Asks implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.json(context.call("%s", "", Integer.class));
                    }
                }
                """
                .formatted(other);
    }

    /** What only the calling function's operators see. */
    private void recorded(ErrorCode code, String detail) {
        JsonNode record =
                TestNode.json(node.admin("GET", "/v1/invocations?function=asks"))
                        .path("invocations")
                        .get(0);
        assertThat(record.path("error").asString())
                .isEqualTo("dev.treadle.CallFailed: " + code.id() + " " + detail);
        SEEN.add(code);
    }

    private static final String WAITS =
            """
            public class Waits implements HttpFunction {
                public Response handle(Request request, Context context) throws Exception {
                    new CountDownLatch(1).await();
                    return Response.ok();
                }
            }
            """;

    private static String throwing(String exception) {
        return """
               public class Throws implements HttpFunction {
                   public Response handle(Request request, Context context) throws Exception {
                       throw %s;
                   }
               }
               """
                .formatted(exception);
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
        SEEN.add(code(response));
        assertThat(detail(response)).isEqualTo("The function could not be loaded");
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

    private static void problem(ErrorCode code, HttpResponse<String> response, String detail) {
        problem(code, code.status(), response, detail);
    }

    private static void problem(
            ErrorCode code, int status, HttpResponse<String> response, String detail) {
        assertThat(code(response)).as(response.body()).isEqualTo(code);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(detail(response)).isEqualTo(detail);
        JsonNode document = TestNode.json(response);
        assertThat(document.path("title").asString()).isEqualTo(code.title());
        assertThat(document.path("owner").asString()).isEqualToIgnoringCase(code.owner().name());
        assertThat(response.body()).doesNotContain("\tat ");
    }

    private static ErrorCode code(HttpResponse<String> response) {
        String id = TestNode.json(response).path("code").asString();
        ErrorCode code =
                Stream.of(ErrorCode.values())
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no code in " + response.body()));
        SEEN.add(code);
        return code;
    }

    private static String detail(HttpResponse<String> response) {
        return TestNode.json(response).path("detail").asString();
    }
}
