package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** We get a good message when … a deploy is wrong: one for each code from TR-1101 on. */
class DeployMessagesTest {
    private static final Problems PROBLEMS = new Problems();

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @AfterAll
    static void everyCodeHasBeenSeen() {
        PROBLEMS.requireSeen(code -> code.id().startsWith("TR-11"));
    }

    @Test
    void aManifestIsWrong() throws IOException {
        HttpResponse<String> response =
                node.post(
                        "f",
                        "schema: 1\nname: f\nentry: F\nlimits: {timeout: soon, queue: -1}",
                        node.upload(TestNode.ECHO));

        PROBLEMS.check(ErrorCode.MANIFEST_INVALID, response, "function.yaml has 2 errors");
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

        PROBLEMS.check(
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

        PROBLEMS.check(
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
        PROBLEMS.check(
                ErrorCode.ARTIFACT_INVALID,
                node.post("f", "schema: 1\nname: f\nentry: Ehco", node.upload(TestNode.ECHO)),
                "Handler class `Ehco` is not in f.jar; the jar has `Echo`. Check `entry` in"
                        + " function.yaml.");
    }

    @Test
    void aRouteBelongsToAnotherFunction() throws IOException {
        node.deploy("one", TestNode.ECHO, "triggers: [http: {path: '/x/{id}'}]");

        PROBLEMS.check(
                ErrorCode.ROUTE_TAKEN,
                node.tryDeploy("two", TestNode.ECHO, "triggers: [http: {path: '/x/{name}'}]"),
                "the route /x/{name} belongs to one (as /x/{id}); change `triggers` in"
                        + " function.yaml, or delete that function");
    }

    @Test
    void somethingIsStillInUse() throws IOException {
        node.deploy("echo", TestNode.ECHO);

        PROBLEMS.check(
                ErrorCode.IN_USE,
                node.admin("POST", "/v1/functions/echo/rollback"),
                "echo has nothing to roll back to: live has not moved yet");
    }
}
