package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Limits;
import dev.treadle.registry.TriggerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What functions get when they call each other. */
class CallsTest {
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
        Callers.deploy(
                deployed,
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
        deployed.deploy("typed", Callers.ECHO);
        Callers.deploy(
                deployed,
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
                "http",
                "events",
                "typed");

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
        Callers.deploy(
                deployed,
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
        Callers.deploy(
                deployed,
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
        Callers.deploy(
                deployed,
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
        Callers.deploy(deployed, Callers.ASKS, "callee");

        assertThat(deployed.text("caller", "2")).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(deployed.text("caller", "65"))
                .isEqualTo(
                        "TR-1004 CALLER 413 true PT0S the streamed answer of callee is larger than its caller's limits.payload, 1024 bytes");
    }

    @Test
    void payloadIsHeldAgainstTheCalleesLimit() throws Exception {
        deployed.deploy(
                "callee",
                new Limits(Duration.ofSeconds(9), Duration.ofSeconds(9), 8, 8, 4),
                Callers.ECHO);
        Callers.deploy(deployed, Callers.ASKS, "callee");

        assertThat(deployed.text("caller", "12345"))
                .isEqualTo(
                        "TR-1004 CALLER 413 true PT0S the payload has 5 bytes; limits.payload allows 4");
    }
}
