package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** We get a good message when … a request is wrong: one for each code from TR-1001 on. */
class RequestMessagesTest {
    private static final Problems PROBLEMS = new Problems();

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @AfterAll
    static void everyCodeHasBeenSeen() {
        PROBLEMS.requireSeen(
                code -> code.id().startsWith("TR-1") && !code.id().startsWith("TR-11"));
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

        PROBLEMS.check(
                ErrorCode.BAD_REQUEST,
                node.http("POST", "/age", "{\"age\": \"old\"}"),
                "the payload does not fit Person at .age: Cannot deserialize value of type `int`"
                        + " from String \"old\": not a valid `int` value");
    }

    @Test
    void aPathHasNoRoute() {
        PROBLEMS.check(
                ErrorCode.NO_ROUTE, node.get("/nowhere"), "no function has the route /nowhere");
    }

    @Test
    void aTestEventIsNotThere() {
        PROBLEMS.check(
                ErrorCode.NO_TEST_EVENT,
                node.admin("GET", "/v1/test-events/o-1"),
                "there is no test event 'o-1'");
    }

    @Test
    void aRouteTakesOtherMethods() throws IOException {
        node.deploy("echo", TestNode.ECHO, "triggers: [http: {path: /echo, methods: [POST, PUT]}]");

        HttpResponse<String> response = node.get("/echo");

        PROBLEMS.check(ErrorCode.METHOD_NOT_ALLOWED, response, "/echo takes OPTIONS, POST, PUT");
        assertThat(response.headers().firstValue("allow")).contains("OPTIONS, POST, PUT");
    }

    @Test
    void aBodyIsTooLarge() throws IOException {
        node.deploy(
                "echo", TestNode.ECHO, "limits: {payload: 10}\ntriggers: [http: {path: /echo}]");

        PROBLEMS.check(
                ErrorCode.PAYLOAD_TOO_LARGE,
                node.http("POST", "/echo", "12345678901"),
                "the payload has 11 bytes; the function's limits.payload allows 10");
    }

    @Test
    void aBodyIsEncodedInAnUnknownWay() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        PROBLEMS.check(
                ErrorCode.UNSUPPORTED_MEDIA,
                node.send(
                        node.request(node.node.httpUrl() + "/echo", "POST", "x")
                                .header("Content-Encoding", "br")),
                "the Content-Encoding 'br' is not understood; send the body as it is or with gzip");
    }

    @Test
    void aFunctionIsNotThere() {
        PROBLEMS.check(
                ErrorCode.NO_FUNCTION,
                node.admin("GET", "/v1/functions/nobody"),
                "there is no function 'nobody'");
    }

    @Test
    void aReplayHasNoStreamToRead() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        PROBLEMS.check(
                ErrorCode.NO_EVENT_TRIGGER,
                node.admin("POST", "/v1/functions/echo/replay", "{\"fromSequence\":1}"),
                "echo has no live nats trigger whose stream could be read again");
    }

    @Test
    void aFunctionTurnsTheRequestDown() throws IOException {
        node.deploy("stock", Problems.throwing("new HttpError(409, \"sold out\")"));

        PROBLEMS.check(ErrorCode.REJECTED, 409, node.get("/stock"), "sold out");
    }

    @Test
    void theTokenIsMissing() {
        PROBLEMS.check(
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

        assertThat(PROBLEMS.code(node.send(request))).isEqualTo(ErrorCode.HEADERS_TOO_LARGE);
    }

    @Test
    void aCallIsNotDeclared() throws IOException {
        node.deploy("asks", Problems.calls("asks"), "triggers: [http: {path: /asks}]");

        assertThat(node.get("/asks").statusCode()).isEqualTo(500);
        recorded(
                ErrorCode.CALL_NOT_DECLARED,
                "asks may not call asks: list it under `calls` in function.yaml");
    }

    @Test
    void anAnswerIsNotWhatItsCallerReadsItAs() throws IOException {
        node.deploy("echo", TestNode.ECHO);
        node.deploy(
                "asks", Problems.calls("echo"), "calls: [echo]\ntriggers: [http: {path: /asks}]");

        assertThat(node.get("/asks").statusCode()).isEqualTo(500);
        recorded(
                ErrorCode.ANSWER_MISFIT,
                "the answer of echo is not what its caller reads it as: it is empty; expected JSON for Integer");
    }

    /** What only the calling function's operators see. */
    private void recorded(ErrorCode code, String detail) {
        JsonNode record =
                TestNode.json(node.admin("GET", "/v1/invocations?function=asks"))
                        .path("invocations")
                        .get(0);
        assertThat(record.path("error").asString())
                .isEqualTo("dev.treadle.CallFailed: " + code.id() + " " + detail);
        PROBLEMS.saw(code);
    }
}
