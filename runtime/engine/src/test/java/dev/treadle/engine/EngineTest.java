package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.registry.Limits;
import dev.treadle.registry.Split;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final String ECHO =
            """
            public class Echo implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text(request.text());
                }
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

    @Test
    void httpFunctionAnswers() throws Exception {
        deployed.deploy("echo", ECHO);

        assertThat(deployed.text("echo", "hi")).isEqualTo("hi");
    }

    @Test
    void typedFunctionReadsAndWritesJson() throws Exception {
        deployed.deploy(
                "greet",
                """
                public class Greet implements TypedFunction<Greet.Person, Greet.Greeting> {
                    public record Person(String name, int age) {}
                    public record Greeting(String text, List<String> tags) {}
                    public Greeting handle(Person person, Context context) {
                        return new Greeting(context.config("GREETING").orElse("?") + " " + person.name(), List.of("a"));
                    }
                }
                """);

        assertThat(deployed.text("greet", "{\"name\":\"Ada\",\"age\":36,\"more\":1}"))
                .isEqualTo("{\"text\":\"hello Ada\",\"tags\":[\"a\"]}");
    }

    @Test
    void payloadThatDoesNotFitIsTheCallersFault() throws Exception {
        deployed.deploy(
                "sum",
                """
                public class Sum implements TypedFunction<Sum.In, Integer> {
                    public record In(List<Item> items) {}
                    public record Item(int price) {}
                    public Integer handle(In in, Context context) { return in.items().size(); }
                }
                """);

        Outcome.Failed failed = failed(deployed.call("sum", "{\"items\":[{\"price\":\"x\"}]}"));

        assertThat(failed.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.message()).startsWith("the payload does not fit In at .items[0].price:");
        assertThat(failed(deployed.call("sum", "{oops")).message())
                .startsWith("the payload is not JSON:")
                .contains("line 1");
        assertThat(failed(deployed.call("sum", "")).message())
                .isEqualTo("the payload is empty; expected JSON for In");
    }

    @Test
    void eventFunctionGetsTheEvent() throws Exception {
        deployed.deploy(
                "on-text",
                """
                public class OnText implements EventFunction {
                    public void handle(Event event, Context context) {
                        context.log().info("{} says {}", event.type(), event.text());
                    }
                }
                """);

        Outcome outcome = deployed.call("on-text", "hi");

        assertThat(((Outcome.Succeeded) outcome).response().status()).isEqualTo(204);
        assertThat(deployed.log("on-text"))
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.message()).isEqualTo("test.text says hi");
                            assertThat(line.invocation())
                                    .contains(deployed.records("on-text").getFirst().id());
                        });
    }

    @Test
    void functionSeesNoLibraryOfThePlatform() throws Exception {
        deployed.deploy(
                "peek",
                """
                public class Peek implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        try {
                            return Response.text(Class.forName(request.text()).getName());
                        } catch (ClassNotFoundException e) {
                            return Response.text("hidden");
                        }
                    }
                }
                """);

        assertThat(deployed.text("peek", "dev.treadle.Response")).isEqualTo("dev.treadle.Response");
        assertThat(deployed.text("peek", "java.sql.Driver")).isEqualTo("java.sql.Driver");
        assertThat(deployed.text("peek", "dev.treadle.engine.Engine")).isEqualTo("hidden");
        assertThat(deployed.text("peek", "tools.jackson.databind.ObjectMapper"))
                .isEqualTo("hidden");
    }

    @Test
    void callsFollowTheWeightsOfTheAlias() throws Exception {
        deployed.deploy("split", constant("one"));
        deployed.deploy("split", constant("two"));
        deployed.live("split", new Split(new TreeMap<>(Map.of(1, 30, 2, 70))));

        int ones = 0;
        for (int i = 0; i < 2000; i++) {
            ones += deployed.text("split", "").equals("one") ? 1 : 0;
        }

        assertThat(ones).isBetween(450, 750);
        assertThat(Deployment.text(deployed.call("split", "v1", ""))).isEqualTo("one");
    }

    @Test
    void unknownFunctionsAliasesAndReleasesAreNamed() throws Exception {
        deployed.deploy("echo", ECHO);

        assertThat(failed(deployed.call("ehco", "")).message())
                .isEqualTo("There is no function 'ehco'");
        assertThat(failed(deployed.call("echo", "v9", "")))
                .satisfies(f -> assertThat(f.code()).isEqualTo(ErrorCode.NO_FUNCTION))
                .satisfies(
                        f ->
                                assertThat(f.message())
                                        .isEqualTo("echo has no alias or release 'v9'"));
    }

    @Test
    void callThatIgnoresItsDeadlineIsInterrupted() throws Exception {
        deployed.deploy(
                "slow",
                limits(Duration.ofMillis(50), 4, 4),
                """
                public class Slow implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        new CountDownLatch(1).await();
                        return Response.ok();
                    }
                }
                """);

        Outcome outcome = deployed.call("slow", "");

        assertThat(outcome).isEqualTo(new Outcome.Expired(Duration.ofMillis(50)));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(deployed.records("slow").getFirst().status())
                .isEqualTo(InvocationRecord.Status.EXPIRED);
    }

    @Test
    void answerAfterTheDeadlineIsNoAnswer() throws Exception {
        deployed.deploy(
                "stubborn",
                limits(Duration.ofMillis(30), 4, 4),
                """
                public class Stubborn implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            return Response.text("late");
                        }
                        return Response.ok();
                    }
                }
                """);

        assertThat(deployed.call("stubborn", "")).isInstanceOf(Outcome.Expired.class);
    }

    @Test
    void moreCallsThanPlacesAndQueueAreRefused() throws Exception {
        deployed.deploy(
                "busy",
                limits(Duration.ofSeconds(20), 2, 1),
                """
                public class Busy implements HttpFunction {
                    public static final CountDownLatch GO = new CountDownLatch(1);
                    public Response handle(Request request, Context context) throws Exception {
                        GO.await();
                        return Response.text("done");
                    }
                }
                """);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> first = threads.submit(() -> deployed.call("busy", ""));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 1);
            Future<Outcome> second = threads.submit(() -> deployed.call("busy", "x"));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 2);
            Future<Outcome> waiting = threads.submit(() -> deployed.call("busy", "y"));
            Eventually.holds(() -> state("busy", 1).waiting() == 1);

            Outcome.Refused refused = (Outcome.Refused) deployed.call("busy", "z");

            assertThat(refused.code()).isEqualTo(ErrorCode.FUNCTION_BUSY);
            assertThat(refused.message())
                    .isEqualTo(
                            "busy runs 2 calls and 1 wait, as many as limits.concurrency and"
                                    + " limits.queue allow");
            open("busy", "Busy");
            assertThat(Deployment.text(first.get())).isEqualTo("done");
            assertThat(Deployment.text(second.get())).isEqualTo("done");
            assertThat(Deployment.text(waiting.get())).isEqualTo("done");
        }
    }

    @Test
    void callsInFlightFinishOnTheOldCode() throws Exception {
        deployed.deploy(
                "swap",
                """
                public class Old implements HttpFunction {
                    public static final CountDownLatch GO = new CountDownLatch(1);
                    public Response handle(Request request, Context context) throws Exception {
                        GO.await();
                        return Response.text("old");
                    }
                    public void close() { System.setProperty("treadle.test.closed", "old"); }
                }
                """);
        ClassLoader old = deployed.loader("swap", 1);
        System.clearProperty("treadle.test.closed");

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> running = threads.submit(() -> deployed.text("swap", ""));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 1);
            deployed.deploy("swap", constant("new"));

            assertThat(deployed.text("swap", "")).isEqualTo("new");
            assertThat(System.getProperty("treadle.test.closed")).isNull();
            open(old, "Old");
            assertThat(running.get()).isEqualTo("old");
        }
        Eventually.holds(() -> "old".equals(System.getProperty("treadle.test.closed")));
        assertThat(state("swap", 1).loaded()).isFalse();
    }

    @Test
    void releaseThatDoesNotStartIsRefusedWithItsReason() throws Exception {
        var broken =
                deployed.release(
                        "broken",
                        Deployment.QUICK,
                        """
                        public class Broken implements HttpFunction {
                            public void start(FunctionContext context) {
                                throw new IllegalStateException("no " + context.secret("KEY").orElse("KEY"));
                            }
                            public Response handle(Request request, Context context) { return Response.ok(); }
                        }
                        """);

        assertThatThrownBy(() -> deployed.engine.functions().prepare(broken))
                .isInstanceOf(LoadFailure.class)
                .hasMessage("broken@v1 did not start: java.lang.IllegalStateException: no KEY")
                .extracting("code")
                .isEqualTo(ErrorCode.START_FAILED);
    }

    @Test
    void releaseThatIsPreparedButNotDeployedIsLetGo() throws Exception {
        var ready =
                deployed.release(
                        "ready",
                        Deployment.QUICK,
                        """
                        public class Ready implements HttpFunction {
                            public Response handle(Request request, Context context) { return Response.ok(); }
                            public void close() { System.setProperty("treadle.test.discarded", "yes"); }
                        }
                        """);
        System.clearProperty("treadle.test.discarded");
        deployed.engine.functions().prepare(ready);

        deployed.engine.functions().discard(ready);

        Eventually.holds(() -> "yes".equals(System.getProperty("treadle.test.discarded")));
    }

    @Test
    void startThatNeverEndsIsGivenUp() throws Exception {
        var endless =
                deployed.release(
                        "endless",
                        Deployment.QUICK,
                        """
                        public class Endless implements HttpFunction {
                            public void start(FunctionContext context) throws Exception {
                                new CountDownLatch(1).await();
                            }
                            public Response handle(Request request, Context context) { return Response.ok(); }
                        }
                        """);

        assertThatThrownBy(() -> deployed.engine.functions().prepare(endless))
                .hasMessage(
                        "endless@v1 did not start within 5 s; do less in its constructor and `start`");
    }

    @Test
    void failureNamesNoCauseToTheCallerButLogsIt() throws Exception {
        deployed.deploy(
                "fail",
                """
                public class Fail implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        throw new IllegalStateException("password=hunter2");
                    }
                }
                """);

        Outcome.Failed failed = failed(deployed.call("fail", ""));

        assertThat(failed.code()).isEqualTo(ErrorCode.FUNCTION_ERROR);
        assertThat(failed.message()).doesNotContain("hunter2");
        assertThat(deployed.log("fail").getFirst().message())
                .startsWith("TR-2001 java.lang.IllegalStateException: password=hunter2")
                .endsWith("\tat fail@v1//Fail.handle(Fail.java:7)");
    }

    @Test
    void whatAFunctionPrintsIsInItsLog() throws Exception {
        deployed.deploy(
                "print",
                """
                public class Print implements HttpFunction {
                    public Response handle(Request request, Context context) throws Exception {
                        System.out.println("out é");
                        System.err.printf("err %d%n", 7);
                        Thread own = new Thread(() -> System.out.println("own thread"));
                        own.start();
                        own.join();
                        System.out.print("no end of line");
                        return Response.ok();
                    }
                }
                """);

        try (PrintCapture _ = new PrintCapture()) {
            deployed.call("print", "");
        }

        assertThat(deployed.log("print"))
                .extracting(line -> line.level() + " " + line.message())
                .containsExactly(
                        "INFO out é", "WARN err 7", "INFO own thread", "INFO no end of line");
    }

    @Test
    void streamedBodyRunsWithinItsCall() throws Exception {
        deployed.deploy(
                "stream",
                """
                public class Streams implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.stream(out -> {
                            out.write("one ".getBytes());
                            context.log().info("writing");
                            out.write("two".getBytes());
                        });
                    }
                }
                """);

        Outcome.Streaming streaming = (Outcome.Streaming) deployed.call("stream", "");
        assertThat(deployed.engine.functions().inFlight()).isEqualTo(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome end = streaming.body().writeTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one two");
        assertThat(end).isInstanceOf(Outcome.Succeeded.class);
        assertThat(deployed.engine.functions().inFlight()).isZero();
        assertThat(deployed.log("stream").getFirst().invocation()).isPresent();
    }

    @Test
    void callerThatGoesAwayIsNotTheFunctionsFailure() throws Exception {
        deployed.deploy(
                "stream",
                """
                public class Streams implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.sse(sink -> sink.send("x"));
                    }
                }
                """);

        Outcome.Streaming streaming = (Outcome.Streaming) deployed.call("stream", "");
        Outcome end =
                streaming
                        .body()
                        .writeTo(
                                new OutputStream() {
                                    @Override
                                    public void write(int b) throws IOException {
                                        throw new IOException("broken pipe");
                                    }
                                });

        assertThat(end).isInstanceOf(Outcome.Succeeded.class);
        assertThat(deployed.log("stream")).isEmpty();
    }

    @Test
    void streamThatOutlastsItsLimitIsStopped() throws Exception {
        deployed.deploy(
                "endless",
                new Limits(Duration.ofMillis(20), Duration.ofMillis(60), 4, 4, 1024),
                """
                public class Endless implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.stream(out -> new CountDownLatch(1).await());
                    }
                }
                """);

        Outcome.Streaming streaming = (Outcome.Streaming) deployed.call("endless", "");

        assertThat(streaming.body().writeTo(OutputStream.nullOutputStream()))
                .isEqualTo(new Outcome.Expired(Duration.ofMillis(60)));
        assertThat(deployed.engine.functions().inFlight()).isZero();
    }

    @Test
    void threadLocalsOfOneCallAreGoneInTheNext() throws Exception {
        deployed.deploy(
                "locals",
                """
                public class Locals implements HttpFunction {
                    static final ThreadLocal<String> SEEN = new ThreadLocal<>();
                    public Response handle(Request request, Context context) {
                        String before = SEEN.get();
                        SEEN.set("seen");
                        return Response.text(String.valueOf(before));
                    }
                }
                """);

        assertThat(deployed.text("locals", "")).isEqualTo("null");
        assertThat(deployed.text("locals", "")).isEqualTo("null");
    }

    @Test
    void drainWaitsForRunningCallsAndRefusesNewOnes() throws Exception {
        deployed.deploy(
                "wait",
                """
                public class Waits implements HttpFunction {
                    public static final CountDownLatch GO = new CountDownLatch(1);
                    public Response handle(Request request, Context context) throws Exception {
                        GO.await();
                        return Response.text("done");
                    }
                }
                """);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> running = threads.submit(() -> deployed.text("wait", ""));
            Eventually.holds(() -> deployed.engine.functions().inFlight() == 1);

            assertThat(deployed.engine.drain(Duration.ofMillis(20))).isFalse();
            assertThat(((Outcome.Refused) deployed.call("wait", "")).code())
                    .isEqualTo(ErrorCode.NODE_DRAINING);
            open("wait", "Waits");
            assertThat(deployed.engine.drain(Duration.ofSeconds(10))).isTrue();
            assertThat(running.get()).isEqualTo("done");
        }
    }

    @Test
    void errorsAreKeptWhenSuccessesFlood() throws Exception {
        deployed.deploy(
                "mixed",
                """
                public class Mixed implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        if (request.text().equals("bad")) {
                            throw new NotFound("no such thing");
                        }
                        return Response.ok();
                    }
                }
                """);

        deployed.call("mixed", "bad");
        for (int i = 0; i < 500; i++) {
            deployed.call("mixed", "");
        }

        List<InvocationRecord> records = deployed.records("mixed");
        assertThat(records).hasSizeLessThan(300);
        assertThat(records.getLast().httpStatus()).hasValue(404);
        assertThat(records.getLast().code()).contains(ErrorCode.REJECTED.id());
    }

    /** Opens the latch that a function's calls wait for. */
    private void open(String name, String className) throws Exception {
        open(deployed.loader(name, 1), className);
    }

    private static void open(ClassLoader loader, String className) throws Exception {
        ((CountDownLatch) loader.loadClass(className).getField("GO").get(null)).countDown();
    }

    private ReleaseState state(String name, int release) {
        return deployed.engine
                .functions()
                .state(new dev.treadle.registry.FunctionName(name), release)
                .orElseThrow();
    }

    private static Outcome.Failed failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) outcome;
    }

    private static Limits limits(Duration timeout, int concurrency, int queue) {
        return new Limits(timeout, Duration.ofMinutes(1), concurrency, queue, 1024);
    }

    private static String constant(String answer) {
        return """
               public class Constant implements HttpFunction {
                   public Response handle(Request request, Context context) {
                       return Response.text("%s");
                   }
               }
               """
                .formatted(answer);
    }
}
