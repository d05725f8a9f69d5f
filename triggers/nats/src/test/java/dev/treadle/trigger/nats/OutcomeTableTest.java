package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Response;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each outcome leads to, whatever the order of events: with attempts left, with none left, and
 * as the reply to a request. The backoff is one minute here, and a refusal asks for two seconds.
 */
class OutcomeTableTest {
    private static final String AGAIN = "again after PT1M";
    private static final String NO_ATTEMPT = "again after PT2S, no attempt";

    private static final List<Row> TABLE =
            List.of(
                    row("succeeds", done(), "acknowledged", "acknowledged", "the answer"),
                    row(
                            "streams an answer",
                            streamed(done()),
                            "acknowledged",
                            "acknowledged",
                            "the answer"),
                    row(
                            "throws",
                            failed(ErrorCode.FUNCTION_ERROR),
                            AGAIN,
                            "exhausted TR-2001",
                            "500 TR-2001"),
                    row(
                            "breaks off while it streams",
                            streamed(failed(ErrorCode.FUNCTION_ERROR)),
                            AGAIN,
                            "exhausted TR-2001",
                            "500 TR-2001"),
                    row(
                            "throws `Permanent`",
                            permanent(ErrorCode.FUNCTION_ERROR),
                            "permanent TR-2001",
                            "permanent TR-2001",
                            "500 TR-2001"),
                    row(
                            "throws `RetryAfter` (7 s)",
                            retryAfter(),
                            "again after PT7S",
                            "exhausted TR-2007",
                            "503 TR-2007"),
                    row(
                            "turns the event down",
                            permanent(ErrorCode.REJECTED),
                            "permanent TR-1007",
                            "permanent TR-1007",
                            "400 TR-1007"),
                    row(
                            "runs into its deadline",
                            new Outcome.Expired(Duration.ofSeconds(1)),
                            AGAIN,
                            "exhausted TR-2002",
                            "504 TR-2002"),
                    row(
                            "depends on something that fails",
                            failed(ErrorCode.DEPENDENCY_FAILED),
                            AGAIN,
                            "exhausted TR-5001",
                            "502 TR-5001"),
                    row(
                            "cannot be loaded",
                            failed(ErrorCode.START_FAILED),
                            AGAIN,
                            "exhausted TR-2003",
                            "500 TR-2003"),
                    row(
                            "has all the calls it allows",
                            refused(ErrorCode.FUNCTION_BUSY),
                            NO_ATTEMPT,
                            NO_ATTEMPT,
                            "429 TR-3001"),
                    row(
                            "waited too long for its turn",
                            refused(ErrorCode.QUEUE_TIMEOUT),
                            NO_ATTEMPT,
                            NO_ATTEMPT,
                            "503 TR-3002"),
                    row(
                            "is on a node that stops",
                            refused(ErrorCode.NODE_DRAINING),
                            NO_ATTEMPT,
                            NO_ATTEMPT,
                            "503 TR-3003"),
                    row(
                            "is not there",
                            permanent(ErrorCode.NO_FUNCTION),
                            "again after PT5S, no attempt",
                            "again after PT5S, no attempt",
                            "404 TR-1006"),
                    row(
                            "cannot read the event",
                            permanent(ErrorCode.BAD_REQUEST),
                            "undecodable TR-1001",
                            "undecodable TR-1001",
                            "400 TR-1001"),
                    row(
                            "does not know the encoding",
                            permanent(ErrorCode.UNSUPPORTED_MEDIA),
                            "undecodable TR-1005",
                            "undecodable TR-1005",
                            "415 TR-1005"),
                    row(
                            "does not take so much data",
                            permanent(ErrorCode.PAYLOAD_TOO_LARGE),
                            "undecodable TR-1004",
                            "undecodable TR-1004",
                            "413 TR-1004"));

    private static final int ATTEMPTS = OutcomeTrial.ATTEMPTS;

    @TempDir Path store;

    /**
     * A row.
     *
     * @param function what it does
     * @param left what becomes of an event that has attempts left
     * @param usedUp what becomes of one that has none
     * @param reply what a request is answered with
     */
    private record Row(String function, Outcome outcome, String left, String usedUp, String reply) {
        @Override
        public String toString() {
            return function;
        }
    }

    private static Row row(
            String function, Outcome outcome, String left, String usedUp, String reply) {
        return new Row(function, outcome, left, usedUp, reply);
    }

    static Stream<Row> rows() {
        return TABLE.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Tag("no-server")
    void eventWithAttemptsLeft(Row row) {
        for (EventOrder order : orders()) {
            assertThat(new OutcomeTrial(order, row.outcome, 1).becomes())
                    .as("%s", order)
                    .isEqualTo(row.left);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Tag("no-server")
    void eventWithItsAttemptsUsedUp(Row row) {
        for (EventOrder order : orders()) {
            assertThat(new OutcomeTrial(order, row.outcome, ATTEMPTS).becomes())
                    .as("%s", order)
                    .isEqualTo(row.usedUp);
        }
    }

    @Test
    @Tag("no-server")
    void eventsThatAreGivenUpWithoutARun() {
        for (EventOrder order : orders()) {
            OutcomeTrial old = new OutcomeTrial(order, done(), 1);
            old.pass(Duration.ofHours(2));
            assertThat(old.becomes()).isEqualTo("expired TR-2002");
            assertThat(old.runs()).isZero();
            assertThat(old.letter().attempts()).isZero();

            OutcomeTrial deadly = new OutcomeTrial(order, done(), ATTEMPTS + 1);
            assertThat(deadly.becomes()).isEqualTo("exhausted TR-4001");
            assertThat(deadly.runs()).isZero();
            assertThat(deadly.letter().attempts()).isEqualTo(ATTEMPTS);
        }
    }

    private static List<EventOrder> orders() {
        return List.of(
                new EventOrder.None(),
                new EventOrder.Key(new EventKey.Subject()),
                new EventOrder.Strict());
    }

    @Test
    void requestsAreAnsweredByTheSameTable() throws Exception {
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        TABLE.forEach(row -> outcomes.put(row.function, row.outcome));
        try (RealServer server = RealServer.start(store);
                Connection caller = server.connect();
                TestNode node =
                        new TestNode(
                                server,
                                request -> outcomes.getOrDefault(TestNode.text(request), done()))) {
            RpcTrigger trigger =
                    new RpcTrigger(
                            new RpcTriggerConfig(Target.live("f"), "rpc", "f.ask", "q"),
                            node.session,
                            node,
                            InstantSource.system());
            trigger.start();
            Eventually.holds(() -> ask(caller, TABLE.getFirst().function).isPresent());

            for (Row row : TABLE) {
                assertThat(reply(ask(caller, row.function).orElseThrow()))
                        .as(row.function)
                        .isEqualTo(row.reply);
            }
            trigger.close();
        }
    }

    private static Optional<Message> ask(Connection caller, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Message answer = caller.request("f.ask", bytes, Duration.ofSeconds(5));
            return answer == null ? Optional.empty() : Optional.of(answer);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String reply(Message message) {
        String status = message.getHeaders().getFirst("Nats-Service-Error-Code");
        return status == null
                ? "the answer"
                : status + " " + message.getHeaders().getFirst("Treadle-Code");
    }

    @Test
    @Tag("no-server")
    void readmeHasTheTable() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(readme).contains(markdown());
    }

    private static String markdown() {
        StringBuilder text =
                new StringBuilder(
                        """
                        | the function … | event, attempts left | event, attempts used up | reply to a request |
                        |---|---|---|---|
                        """);
        for (Row row : TABLE) {
            text.append(
                    "| %s | %s | %s | %s |\n"
                            .formatted(
                                    row.function, words(row.left), words(row.usedUp), row.reply));
        }
        return text.toString();
    }

    private static String words(String entry) {
        return entry.equals("acknowledged")
                ? entry
                : entry.startsWith("again")
                        ? entry.replace("PT1M", "the backoff")
                                .replace("PT2S", "the pause it asks for")
                                .replace("PT7S", "its time")
                                .replace("PT5S", "5 s")
                        : "dead letter: " + entry;
    }

    private static Outcome done() {
        return new Outcome.Succeeded(Response.status(204));
    }

    private static Outcome failed(ErrorCode code) {
        return new Outcome.Failed(code, code.status(), "it failed", false, Duration.ZERO);
    }

    private static Outcome permanent(ErrorCode code) {
        return new Outcome.Failed(code, code.status(), "it failed", true, Duration.ZERO);
    }

    private static Outcome retryAfter() {
        ErrorCode code = ErrorCode.RETRY_LATER;
        return new Outcome.Failed(code, code.status(), "it failed", false, Duration.ofSeconds(7));
    }

    private static Outcome refused(ErrorCode code) {
        return new Outcome.Refused(code, "no capacity", Duration.ofSeconds(2));
    }

    private static Outcome streamed(Outcome end) {
        return new Outcome.Streaming(
                Response.status(200),
                new Outcome.Stream() {
                    @Override
                    public Outcome writeTo(OutputStream out) {
                        return end;
                    }

                    @Override
                    public void close() {
                        // nothing was opened
                    }
                });
    }
}
