package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.treadle.Context;
import dev.treadle.FunctionContext;
import dev.treadle.Handler;
import dev.treadle.HttpFunction;
import dev.treadle.Log;
import dev.treadle.Request;
import dev.treadle.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TestFunctionTest {
    private static TestFunction of(HttpFunction function) {
        return TestFunction.of(function);
    }

    @Test
    void routeGivesPathVariables() {
        TestFunction hello = of((r, c) -> Response.text("Hello, " + r.pathParam("name")));

        assertThat(hello.route("/hello/{name}").get("/hello/Ada%20L").text())
                .isEqualTo("Hello, Ada L");
    }

    @Test
    void restVariableTakesAllThatFollows() {
        TestFunction files = of((r, c) -> Response.text(r.pathParam("path")));

        assertThat(files.route("/files/{path...}").get("/files/a/b.txt").text())
                .isEqualTo("a/b.txt");
    }

    @Test
    void pathOutsideTheRouteIsAMistakeInTheTest() {
        TestFunction hello = of((r, c) -> Response.ok()).route("/hello/{name}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> hello.get("/goodbye/Ada"))
                .withMessage("/goodbye/Ada does not match the route /hello/{name}");
    }

    @Test
    void unknownPathVariableNamesThoseThatAreThere() {
        TestFunction hello =
                of((r, c) -> Response.text(r.pathParam("nmae"))).route("/hello/{name}");

        assertThat(hello.get("/hello/Ada").failure())
                .hasValueSatisfying(
                        e ->
                                assertThat(e)
                                        .hasMessage(
                                                "the route has no variable 'nmae', only [name]"));
    }

    @Test
    void requestCarriesMethodQueryHeadersAndBody() {
        TestFunction echo =
                of(
                        (r, c) ->
                                Response.text(
                                        String.join(
                                                "|",
                                                r.method(),
                                                r.path(),
                                                r.query(),
                                                r.queryParams("q").toString(),
                                                r.header("X-Id").orElse("none"),
                                                r.contentType().orElse("none"),
                                                r.text())));

        TestResponse response =
                echo.request("put", "/find?q=a%26b")
                        .query("q", "c d")
                        .header("x-ID", "7")
                        .body("hi", "text/plain")
                        .send();

        assertThat(response.text()).isEqualTo("PUT|/find|q=a%26b&q=c+d|[a&b, c d]|7|text/plain|hi");
    }

    @Test
    void headersOfTheAnswerAreFoundInAnyCase() {
        TestResponse response =
                of((r, c) -> Response.status(201).header("X-Two", "1").header("x-two", "2"))
                        .get("/");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("X-TWO")).contains("1");
        assertThat(response.headers()).containsEntry("x-two", List.of("1", "2"));
    }

    @Test
    void configAndSecretsAreThoseGiven() {
        TestFunction function =
                of((r, c) ->
                                Response.text(
                                        c.config("A") + " " + c.secret("S") + " " + c.secret("T")))
                        .config("A", "1")
                        .secret("S", "s3cret")
                        .missingSecret("T");

        assertThat(function.get("/").text())
                .isEqualTo("Optional[1] Optional[s3cret] Optional.empty");
    }

    @Test
    void secretThatTheManifestDoesNotListIsRefused() {
        TestFunction function =
                of((r, c) -> Response.text(c.secret("KEY").orElseThrow())).name("payments");

        assertThat(function.get("/").failure())
                .hasValueSatisfying(
                        e ->
                                assertThat(e)
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageContaining(
                                                "payments does not list the secret KEY"));
    }

    @Test
    void logLinesHaveTheirInvocationAndTheirArgumentsFilledIn() {
        RuntimeException late = new RuntimeException("late");
        TestFunction function =
                of(
                        (r, c) -> {
                            c.log().warn("order {} of {} is late", 7, "Ada", late);
                            return Response.ok();
                        });

        TestResponse response = function.get("/");

        assertThat(function.log().lines())
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.level()).isEqualTo(Log.Level.WARN);
                            assertThat(line.invocation()).isEqualTo(response.invocation());
                            assertThat(line.message()).isEqualTo("order 7 of Ada is late");
                            assertThat(line.thrown()).contains(late);
                        });
    }

    @Test
    void remainingTimeFollowsTheVirtualClock() {
        VirtualClock clock = VirtualClock.at("2026-11-01T12:00:00Z");
        TestFunction function =
                of(
                        (r, c) -> {
                            Duration before = c.invocation().remaining();
                            clock.advance(Duration.ofSeconds(3));
                            return Response.text(before + " " + c.invocation().remaining());
                        });

        TestResponse response = function.clock(clock).timeout(Duration.ofSeconds(5)).get("/");

        assertThat(response.text()).isEqualTo("PT5S PT2S");
    }

    @Test
    void attemptAndDeadlineAreTheRequests() {
        TestFunction function =
                of(
                        (r, c) ->
                                Response.text(
                                        c.invocation().attempt()
                                                + " "
                                                + c.invocation().deadline()));

        TestResponse response =
                function.request("GET", "/")
                        .attempt(3)
                        .deadline(Instant.parse("2026-11-01T12:00:00Z"))
                        .send();

        assertThat(response.text()).isEqualTo("3 2026-11-01T12:00:00Z");
    }

    @Test
    void callersTraceGoesOn() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        TestResponse response =
                of((r, c) -> Response.text(c.invocation().traceparent()))
                        .request("GET", "/")
                        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .send();

        assertThat(response.text())
                .startsWith("00-" + trace + "-")
                .doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void functionStartsOnceAndCloses() {
        Lived function = new Lived();
        try (TestFunction test = TestFunction.of(function).config("GREETING", "Moin")) {
            assertThat(test.get("/").text()).isEqualTo("Moin");
            assertThat(test.get("/").text()).isEqualTo("Moin");
            assertThat(test.log().lines().getFirst().invocation()).isEmpty();
        }
        assertThat(function.life).containsExactly("start", "call", "call", "close");
    }

    @Test
    void functionThatNeverStartedIsNotClosed() {
        Lived function = new Lived();
        TestFunction.of(function).close();

        assertThat(function.life).isEmpty();
    }

    @Test
    void startThatFailsSaysSo() {
        TestFunction test = TestFunction.of(new Lived());

        assertThatIllegalStateException()
                .isThrownBy(() -> test.get("/"))
                .withMessageStartingWith("starting Lived failed: ")
                .withRootCauseInstanceOf(NoSuchElementException.class);
    }

    @Test
    void settingsAfterTheFirstCallAreRefused() {
        TestFunction test = of((r, c) -> Response.ok());
        test.get("/");

        assertThatIllegalStateException().isThrownBy(() -> test.config("A", "1"));
    }

    @Test
    void handlerOfNoKindCannotBeCalled() {
        TestFunction test = TestFunction.of(new Handler() {});

        assertThatIllegalStateException()
                .isThrownBy(() -> test.get("/"))
                .withMessageEndingWith("does not answer requests");
    }

    static final class Lived implements HttpFunction {
        private final List<String> life = new ArrayList<>();
        private String greeting = "";

        @Override
        public void start(FunctionContext context) {
            greeting = context.config("GREETING").orElseThrow();
            context.log().info("greeting with {}", greeting);
            life.add("start");
        }

        @Override
        public Response handle(Request request, Context context) {
            life.add("call");
            return Response.text(greeting);
        }

        @Override
        public void close() {
            life.add("close");
        }
    }

    @Test
    void jsonAnswerIsReadBack() {
        TestResponse response = of((r, c) -> Response.json(Map.of("a", 1))).get("/");

        assertThat(response.contentType()).contains("application/json");
        assertThat((Object) response.json(Map.class)).isEqualTo(Map.of("a", 1));
    }
}
