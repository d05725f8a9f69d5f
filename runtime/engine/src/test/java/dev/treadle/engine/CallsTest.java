package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Limits;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What functions get when they call each other. */
class CallsTest {
    /** Calls {@code callee} with its text and says what came of it. */
    private static final String ASKS =
            """
            public class Asks implements HttpFunction {
                public Response handle(Request request, Context context) {
                    try {
                        return Response.text(context.call("callee", request.text(), String.class));
                    } catch (CallFailed e) {
                        return Response.text(
                                e.code() + " " + e.owner() + " " + e.status() + " "
                                        + e.permanent() + " " + e.pause() + " " + e.detail());
                    }
                }
            }
            """;

    /** As {@link #ASKS}, and lets failures through. */
    private static final String PASSES =
            """
            public class Passes implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text(context.call("callee", request.text(), String.class));
                }
            }
            """;

    private static final String ECHO =
            """
            public class Echo implements TypedFunction<String, String> {
                public String handle(String text, Context context) { return text; }
            }
            """;

    @TempDir Path folder;
    private Deployment deployed;

    @BeforeEach
    void open() {
        deployed = new Deployment(folder);
    }

    @AfterEach
    void close() {
        deployed.close();
    }

    private void deployCaller(String source, String... calls) throws Exception {
        deployed.deploy("caller", Deployment.QUICK, List.of(calls), source);
    }

    @Test
    void valuesPassAsJsonBetweenTheTypesOfBothSides() throws Exception {
        deployed.deploy(
                "price",
                """
                public class Price implements TypedFunction<Price.Order, Price.Quote> {
                    public record Order(String item, int count) {}
                    public record Quote(String item, int cents) {}
                    public Quote handle(Order order, Context context) {
                        return new Quote(order.item(), order.count() * 250);
                    }
                }
                """);
        deployCaller(
                """
                public class Shop implements HttpFunction {
                    record Line(String item, int count, String note) {}
                    record Cost(int cents) {}
                    public Response handle(Request request, Context context) {
                        Cost cost = context.call("price", new Line("loom", 3, "soon"), Cost.class);
                        return Response.text("" + cost.cents());
                    }
                }
                """,
                "price");

        assertThat(deployed.text("caller", "")).isEqualTo("750");
    }

    @Test
    void eachKindOfFunctionGetsWhatItTakes() throws Exception {
        deployed.deploy(
                "http",
                List.of(
                        new TriggerSpec.Http("/books/{id}", List.of(), Optional.empty()),
                        new TriggerSpec.Http("/books/new", List.of(), Optional.empty())),
                """
                public class Books implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.text(
                                request.method() + " " + request.path() + " " + request.pathParams()
                                        + " " + request.queryParam("q").orElse("-") + " "
                                        + request.header("X-One").orElse("-") + " "
                                        + request.contentType().orElse("-") + " " + request.text());
                    }
                }
                """);
        deployed.deploy(
                "events",
                """
                public class Events implements EventFunction {
                    public void handle(Event event, Context context) {
                        context.log().info("{} {} {} {}", event.type(), event.source(),
                                event.dataContentType().orElse("-"), event.json(Map.class));
                    }
                }
                """);
        deployed.deploy("typed", ECHO);
        deployCaller(
                """
                public class All implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        Event event = context.event("made").json(Map.of("a", 2)).build();
                        int status = context.call("events", event).status();
                        context.call("events", Map.of("a", 1));
                        return Response.text(String.join("\\n",
                                "" + status,
                                context.call("typed", event, String.class),
                                context.call("typed", new byte[] {65}, String.class),
                                context.call("http", Map.of("a", 1)).text(),
                                context.call("http", HttpCall.of("get", "/books/n%207?q=a+b")
                                        .header("x-one", "1")).text(),
                                context.call("http", HttpCall.of("PUT", "/books/new")
                                        .body("text")).text()));
                    }
                }
                """,
                "http", "events", "typed");

        assertThat(deployed.text("caller", "").split("\n"))
                .containsExactly(
                        "204",
                        "{\"a\":2}",
                        "A",
                        "POST / {} - - application/json {\"a\":1}",
                        "GET /books/n 7 {id=n 7} a b 1 - ",
                        "PUT /books/new {} - - text/plain; charset=utf-8 text");
        assertThat(deployed.log("events"))
                .extracting(LogLine::message)
                .containsExactly(
                        "made /caller application/json {a=2}",
                        "dev.treadle.call /caller application/json {a=1}");
    }

    @Test
    void callIsAnInvocationOfItsOwnInTheCallersTrace() throws Exception {
        deployed.deploy(
                "callee",
                """
                public class Callee implements TypedFunction<String, String> {
                    public String handle(String text, Context context) {
                        context.log().info("callee");
                        System.out.println("printed");
                        return context.invocation().trigger() + " " + context.invocation().alias();
                    }
                }
                """);
        deployCaller(
                """
                public class Caller implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        context.log().info("before");
                        String said = context.call("callee@v1", "", String.class);
                        context.log().info("after");
                        return Response.text(said);
                    }
                }
                """,
                "callee");

        assertThat(deployed.text("caller", "")).isEqualTo("call v1");

        InvocationRecord caller = deployed.records("caller").getFirst();
        InvocationRecord callee = deployed.records("callee").getFirst();
        assertThat(callee.parent()).contains(caller.id());
        assertThat(caller.parent()).isEmpty();
        assertThat(callee.trigger()).isEqualTo("call");
        assertThat(callee.trace()).isPresent().isEqualTo(caller.trace());
        assertThat(deployed.log("caller"))
                .extracting(
                        line -> line.message() + line.invocation().equals(Optional.of(caller.id())))
                .containsExactly("beforetrue", "aftertrue");
        assertThat(deployed.log("callee"))
                .first()
                .satisfies(line -> assertThat(line.invocation()).contains(callee.id()));
    }

    @Test
    void onlyDeclaredFunctionsCanBeCalled() throws Exception {
        deployed.deploy("callee", ECHO);
        deployCaller(ASKS, "other");

        assertThat(deployed.text("caller", ""))
                .isEqualTo(
                        "TR-1015 CALLER 403 true PT0S caller may not call callee: list it under `calls` in function.yaml");
    }

    @Test
    void functionThatIsNotThereMayComeLater() throws Exception {
        deployCaller(ASKS, "callee");

        assertThat(deployed.text("caller", ""))
                .isEqualTo("TR-1006 CALLER 404 false PT0S There is no function 'callee'");
    }

    @Test
    void failureOfTheCalleeIsToldWithItsInvocation() throws Exception {
        deployed.deploy("callee", throwing("new IllegalStateException(\"secret\")"));
        deployCaller(ASKS, "callee");

        String told = deployed.text("caller", "");

        assertThat(told)
                .isEqualTo(
                        "TR-2001 FUNCTION 500 false PT0S callee (invocation %s): The function failed; its log has the details under this invocation's id"
                                .formatted(deployed.records("callee").getFirst().id()));
    }

    @Test
    void uncaughtFailureKeepsItsCodeWhereTheCalleeIsAtFault() throws Exception {
        deployed.deploy("callee", throwing("new RetryAfter(java.time.Duration.ofSeconds(7))"));
        deployCaller(PASSES, "callee");

        Outcome.Failed failed = failed(deployed.call("caller", ""));

        assertThat(failed.code()).isEqualTo(ErrorCode.RETRY_LATER);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.pause()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failed.permanent()).isFalse();
        assertThat(failed.message()).startsWith("callee (invocation ");
    }

    @Test
    void uncaughtWrongCallIsTheCallersOwnFailure() throws Exception {
        deployed.deploy("callee", throwing("new BadRequest(\"no\")"));
        deployCaller(PASSES, "callee");

        Outcome.Failed failed = failed(deployed.call("caller", ""));

        assertThat(failed.code()).isEqualTo(ErrorCode.FUNCTION_ERROR);
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.permanent()).isTrue();
        assertThat(deployed.records("caller").getFirst().error())
                .contains("dev.treadle.CallFailed: TR-1001 no");
    }

    @Test
    void answerThatDoesNotFitSaysWhere() throws Exception {
        deployed.deploy("callee", ECHO);
        deployCaller(
                """
                public class Misreads implements HttpFunction {
                    record Cost(int cents) {}
                    public Response handle(Request request, Context context) {
                        try {
                            return Response.json(context.call("callee", request.text(), Cost.class));
                        } catch (CallFailed e) {
                            return Response.text(e.getMessage());
                        }
                    }
                }
                """,
                "callee");

        assertThat(deployed.text("caller", "{\"cents\":\"x\"}"))
                .startsWith(
                        "TR-1016 the answer of callee is not what its caller reads it as: the payload does not fit Cost at .cents");
        assertThat(deployed.text("caller", ""))
                .isEqualTo(
                        "TR-1016 the answer of callee is not what its caller reads it as: it is empty; expected JSON for Cost");
    }

    @Test
    void errorStatusIsAnAnswerUnlessAValueIsAskedFor() throws Exception {
        deployed.deploy(
                "callee",
                """
                public class Gone implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.status(410);
                    }
                }
                """);
        deployCaller(
                """
                public class Both implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        int status = context.call("callee", "").status();
                        try {
                            context.call("callee", "", String.class);
                            return Response.text("no failure");
                        } catch (CallFailed e) {
                            return Response.text(status + " " + e.status() + " " + e.permanent());
                        }
                    }
                }
                """,
                "callee");

        assertThat(deployed.text("caller", "")).isEqualTo("410 410 true");
    }

    @Test
    void callsThatGoInACircleEndAtSixteen() throws Exception {
        deployed.deploy("caller", wide(), List.of("callee"), PASSES);
        deployed.deploy(
                "callee", wide(), List.of("caller"), PASSES.replace("(\"callee", "(\"caller"));

        Outcome.Failed failed = failed(deployed.call("caller", ""));

        assertThat(failed.code()).isEqualTo(ErrorCode.CALL_LOOP);
        assertThat(failed.status()).isEqualTo(508);
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.message())
                .isEqualTo(
                        "17 functions wait for each other before callee, and 16 are allowed: they seem to call each other in a circle");
        assertThat(deployed.records("caller").size() + deployed.records("callee").size())
                .isEqualTo(17);
    }

    @Test
    void callThatWouldWaitForItselfIsRefusedAtOnce() throws Exception {
        Limits one = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 1, 8, 1024);
        deployed.deploy("callee", one, List.of("callee"), ASKS);

        assertThat(deployed.text("callee", ""))
                .isEqualTo(
                        "TR-3001 CAPACITY 429 false PT1S callee would wait for itself: calls that wait for this one hold all of its places, which are 1 (limits.concurrency)");
    }

    @Test
    void callsThatWaitForEachOthersPlacesFailWhileThereIsTime() throws Exception {
        Limits one = new Limits(Duration.ofSeconds(8), Duration.ofSeconds(8), 1, 8, 1024);
        String meets =
                """
                public class Meets implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        if (context.invocation().trigger().equals("call")) {
                            return Response.text("met");
                        }
                        ((CyclicBarrier) System.getProperties().get("treadle.test.meet")).await();
                        try {
                            return Response.text(context.call("OTHER", "", String.class));
                        } catch (CallFailed e) {
                            return Response.text(e.getMessage());
                        }
                    }
                }
                """;
        deployed.deploy("left", one, List.of("right"), meets.replace("OTHER", "right"));
        deployed.deploy("right", one, List.of("left"), meets.replace("OTHER", "left"));
        System.getProperties().put("treadle.test.meet", new java.util.concurrent.CyclicBarrier(2));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> left = threads.submit(() -> deployed.text("left", ""));
            Future<String> right = threads.submit(() -> deployed.text("right", ""));

            assertThat(List.of(left.get(), right.get()))
                    .anySatisfy(
                            text ->
                                    assertThat(text)
                                            .startsWith(
                                                    "TR-3002 The call waited for one of the 1 places (limits.concurrency) of ")
                                            .contains("holds a place of its own meanwhile"));
        } finally {
            System.getProperties().remove("treadle.test.meet");
        }
    }

    @Test
    void calleeEndsWithItsCallersDeadline() throws Exception {
        Limits brief = new Limits(Duration.ofMillis(1500), Duration.ofMillis(1500), 8, 8, 1024);
        deployed.deploy("callee", sleeping());
        deployed.deploy(
                "caller",
                brief,
                List.of("callee"),
                """
                public class Stubborn implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        try {
                            context.call("callee", "");
                        } catch (CallFailed e) {
                            context.log().info("{} {}", e.code(), Thread.currentThread().isInterrupted());
                        }
                        return Response.ok();
                    }
                }
                """);

        Outcome outcome = deployed.call("caller", "");

        assertThat(outcome).isInstanceOf(Outcome.Expired.class);
        assertThat(deployed.records("callee").getFirst().status())
                .isEqualTo(InvocationRecord.Status.EXPIRED);
        assertThat(deployed.log("caller"))
                .first()
                .satisfies(line -> assertThat(line.message()).isEqualTo("TR-2002 true"));
    }

    @Test
    void callOfTheFunctionsOwnThreadEndsWithTheDeadlineToo() throws Exception {
        Limits brief = new Limits(Duration.ofMillis(1500), Duration.ofMillis(1500), 8, 8, 1024);
        deployed.deploy("callee", sleeping());
        deployed.deploy(
                "caller",
                brief,
                List.of("callee"),
                """
                public class Forks implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        Thread.ofVirtual().start(() -> context.call("callee", "")).join();
                        return Response.ok();
                    }
                }
                """);

        assertThat(deployed.call("caller", "")).isInstanceOf(Outcome.Expired.class);
        Eventually.holds(
                () ->
                        deployed.records("callee").stream()
                                .anyMatch(
                                        record ->
                                                record.status()
                                                        == InvocationRecord.Status.EXPIRED));
    }

    @Test
    void calleesOwnTimeoutLeavesTheCallerAlone() throws Exception {
        Limits brief = new Limits(Duration.ofMillis(200), Duration.ofMillis(200), 8, 8, 1024);
        deployed.deploy("callee", brief, sleeping());
        deployCaller(ASKS, "callee");

        assertThat(deployed.text("caller", ""))
                .isEqualTo("TR-2002 FUNCTION 504 false PT0S callee did not end within 200 ms");
    }

    @Test
    void eachAttemptOfAnEventPublishesTheSameThroughItsCalls() throws Exception {
        deployed.deploy(
                "callee",
                """
                public class Publishes implements TypedFunction<String, String> {
                    public String handle(String text, Context context) {
                        context.publish("s", context.event("e").build());
                        return "";
                    }
                }
                """);
        deployCaller(
                """
                public class Twice implements TypedFunction<Object, String> {
                    public String handle(Object input, Context context) {
                        context.call("callee", "");
                        context.call("callee", "");
                        return "";
                    }
                }
                """,
                "callee");

        deployed.deliver("caller", "S:7", 1, OptionalInt.empty());
        deployed.deliver("caller", "S:7", 2, OptionalInt.empty());

        assertThat(deployed.published)
                .containsExactly(
                        "s callee:S:7/caller.1:1",
                        "s callee:S:7/caller.2:1",
                        "s callee:S:7/caller.1:1",
                        "s callee:S:7/caller.2:1");
    }

    @Test
    void streamedAnswerIsCollectedUpToTheCallersLimit() throws Exception {
        deployed.deploy(
                "callee",
                """
                public class Streams implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        int lines = Integer.parseInt(request.text());
                        return Response.stream(out -> {
                            for (int i = 0; i < lines; i++) {
                                out.write("0123456789abcdef".getBytes());
                            }
                        });
                    }
                }
                """);
        deployCaller(ASKS, "callee");

        assertThat(deployed.text("caller", "2")).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(deployed.text("caller", "65"))
                .isEqualTo(
                        "TR-1004 CALLER 413 true PT0S the streamed answer of callee is larger than its caller's limits.payload, 1024 bytes");
    }

    @Test
    void payloadIsHeldAgainstTheCalleesLimit() throws Exception {
        deployed.deploy(
                "callee", new Limits(Duration.ofSeconds(9), Duration.ofSeconds(9), 8, 8, 4), ECHO);
        deployCaller(ASKS, "callee");

        assertThat(deployed.text("caller", "12345"))
                .isEqualTo(
                        "TR-1004 CALLER 413 true PT0S the payload has 5 bytes; limits.payload allows 4");
    }

    @Test
    void contextIsOfNoUseAfterItsCall() throws Exception {
        deployed.deploy("callee", ECHO);
        deployCaller(
                """
                public class Keeps implements HttpFunction {
                    private volatile Context kept;
                    public Response handle(Request request, Context context) {
                        if (kept == null) {
                            kept = context;
                            return Response.ok();
                        }
                        try {
                            return Response.text(kept.call("callee", "", String.class));
                        } catch (IllegalStateException e) {
                            return Response.text(e.getMessage());
                        }
                    }
                }
                """,
                "callee");

        deployed.call("caller", "");

        assertThat(deployed.text("caller", ""))
                .endsWith(" has ended; callee can no longer be called from it");
    }

    @Test
    void callsOfWhatRunsGoThroughWhileTheNodeStops() throws Exception {
        deployed.deploy("callee", ECHO);
        deployCaller(
                """
                public class Waits implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        CountDownLatch[] latches =
                                (CountDownLatch[]) System.getProperties().get("treadle.test.drain");
                        latches[0].countDown();
                        latches[1].await();
                        return Response.text(context.call("callee", "done", String.class));
                    }
                }
                """,
                "callee");
        var inside = new java.util.concurrent.CountDownLatch(1);
        var goOn = new java.util.concurrent.CountDownLatch(1);
        System.getProperties()
                .put(
                        "treadle.test.drain",
                        new java.util.concurrent.CountDownLatch[] {inside, goOn});
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> text = threads.submit(() -> deployed.text("caller", ""));
            inside.await();
            assertThat(deployed.engine.drain(Duration.ZERO)).isFalse();
            goOn.countDown();

            assertThat(text.get()).isEqualTo("done");
            assertThat(deployed.engine.drain(Duration.ofSeconds(30))).isTrue();
        } finally {
            System.getProperties().remove("treadle.test.drain");
        }
    }

    private static Limits wide() {
        return new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 32, 8, 1024);
    }

    private static String throwing(String exception) {
        return """
                public class Throws implements TypedFunction<String, String> {
                    public String handle(String text, Context context) { throw %s; }
                }
                """
                .formatted(exception);
    }

    private static String sleeping() {
        return """
                public class Sleeps implements TypedFunction<String, String> {
                    public String handle(String text, Context context) throws Exception {
                        new CountDownLatch(1).await();
                        return "";
                    }
                }
                """;
    }

    private static Outcome.Failed failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) outcome;
    }
}
