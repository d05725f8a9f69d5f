package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Split;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine hands to functions, and what it makes of their ends. */
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

        Outcome.Failed failed =
                Deployment.failed(deployed.call("sum", "{\"items\":[{\"price\":\"x\"}]}"));

        assertThat(failed.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.message()).startsWith("the payload does not fit In at .items[0].price:");
        assertThat(Deployment.failed(deployed.call("sum", "{oops")).message())
                .startsWith("the payload is not JSON:")
                .contains("line 1");
        assertThat(Deployment.failed(deployed.call("sum", "")).message())
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
        deployed.deploy("split", Deployment.constant("one"));
        deployed.deploy("split", Deployment.constant("two"));
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

        assertThat(Deployment.failed(deployed.call("ehco", "")).message())
                .isEqualTo("There is no function 'ehco'");
        assertThat(Deployment.failed(deployed.call("echo", "v9", "")))
                .satisfies(f -> assertThat(f.code()).isEqualTo(ErrorCode.NO_FUNCTION))
                .satisfies(
                        f ->
                                assertThat(f.message())
                                        .isEqualTo("echo has no alias or release 'v9'"));
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

        Outcome.Failed failed = Deployment.failed(deployed.call("fail", ""));

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
}
