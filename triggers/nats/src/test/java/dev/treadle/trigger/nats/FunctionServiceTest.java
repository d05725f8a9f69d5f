package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Request;
import dev.treadle.Response;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionServiceTest {
    @TempDir Path store;

    @Test
    void functionsAnswerWhileTheyAreServed() throws Exception {
        try (RealServer server = RealServer.start(store);
                Connection caller = server.connect();
                TestNode node =
                        new TestNode(
                                server,
                                request ->
                                        new Outcome.Succeeded(
                                                Response.text(
                                                        request.target()
                                                                + " "
                                                                + request.trigger())))) {
            FunctionService service =
                    new FunctionService(node.session, node, InstantSource.system());
            service.serve("one", true);
            service.start();
            Eventually.holds(() -> ask(caller, "one") != null);
            assertThat(ask(caller, "one")).isEqualTo("Target[function=one, reference=live] fn");

            service.serve("two", true);
            Eventually.holds(() -> ask(caller, "two") != null);
            assertThat(info(caller)).contains("\"fn.one\"").contains("\"fn.two\"");

            service.serve("one", false);
            Eventually.holds(() -> ask(caller, "one") == null);
            assertThat(ask(caller, "two")).endsWith("function=two, reference=live] fn");
            assertThat(info(caller)).doesNotContain("\"fn.one\"").contains("\"fn.two\"");

            service.serve("two", false);
            Eventually.holds(() -> ask(caller, "two") == null);
            service.serve("one", true);
            Eventually.holds(() -> ask(caller, "one") != null);

            assertThat(service.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(ask(caller, "one")).isNull();
            service.close();
        }
    }

    @Test
    void nodesShareTheRequests() throws Exception {
        try (RealServer server = RealServer.start(store);
                Connection caller = server.connect();
                TestNode left = new TestNode(server, _ -> TestNode.done());
                TestNode right = new TestNode(server, _ -> TestNode.done())) {
            FunctionService first = new FunctionService(left.session, left, InstantSource.system());
            FunctionService second =
                    new FunctionService(right.session, right, InstantSource.system());
            first.serve("f", true);
            second.serve("f", true);
            first.start();
            second.start();

            int asked = 0;
            while (left.requests.isEmpty() || right.requests.isEmpty()) {
                asked += ask(caller, "f") == null ? 0 : 1;
            }

            assertThat(left.requests.size() + right.requests.size()).isEqualTo(asked);
            first.drain(Duration.ofSeconds(60));
            second.drain(Duration.ofSeconds(60));
        }
    }

    @Test
    void httpFunctionGetsAPost() throws Exception {
        try (RealServer server = RealServer.start(store);
                Connection caller = server.connect();
                TestNode node =
                        new TestNode(
                                server,
                                request -> echo(request.input().asRequest(NoJson.INSTANCE, 8)))) {
            FunctionService service =
                    new FunctionService(node.session, node, InstantSource.system());
            service.serve("f", true);
            service.start();
            Eventually.holds(() -> ask(caller, "f") != null);

            Message answer =
                    caller.request(
                            "fn.f",
                            new Headers().put("X-One", "1"),
                            "body".getBytes(StandardCharsets.UTF_8),
                            Duration.ofSeconds(60));
            assertThat(text(answer)).isEqualTo("POST / 1 body");
            Message tooLarge =
                    Objects.requireNonNull(
                            caller.request(
                                    "fn.f",
                                    "123456789".getBytes(StandardCharsets.UTF_8),
                                    Duration.ofSeconds(60)));
            assertThat(tooLarge.getHeaders().getFirst("Nats-Service-Error"))
                    .isEqualTo("the payload has 9 bytes; limits.payload allows 8");
            service.drain(Duration.ofSeconds(60));
        }
    }

    private static Outcome echo(Request request) {
        return new Outcome.Succeeded(
                Response.text(
                        "%s %s %s %s"
                                .formatted(
                                        request.method(),
                                        request.path(),
                                        request.header("x-one").orElse("-"),
                                        request.text())));
    }

    private static String info(Connection caller) throws InterruptedException {
        return text(caller.request("$SRV.INFO.treadle", new byte[0], Duration.ofSeconds(60)));
    }

    /** The answer's text; null when nobody serves the function. */
    private static @Nullable String ask(Connection caller, String function) {
        try {
            Message answer = caller.request("fn." + function, new byte[0], Duration.ofSeconds(60));
            return answer == null || answer.isStatusMessage() ? null : text(answer);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(@Nullable Message message) {
        if (message == null) {
            throw new AssertionError("no answer");
        }
        return new String(message.getData(), StandardCharsets.UTF_8);
    }
}
