package dev.treadle.cli;

import static dev.treadle.cli.ErrorMessages.deployHello;
import static dev.treadle.cli.ErrorMessages.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.console.Documents;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The node, and what it runs. Read each name after "we get a good message when". */
final class NodeMessagesTest {
    @AutoClose private final TestNode node;
    private final TestShell shell;

    NodeMessagesTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
    }

    @Test
    void noNodeAnswers() throws IOException {
        String url = node.url();
        node.close();

        expect(
                shell.run("list"),
                3,
                """
                Error: no node answers at %s

                The node is found by --server, then TREADLE_SERVER, then the running node of ./.treadle, then http://127.0.0.1:8081 (here: TREADLE_SERVER).

                Try:
                  treadle up
                  treadle list --server http://HOST:8081
                  treadle doctor
                """
                        .formatted(url));
    }

    @Test
    void theTokenIsMissing() {
        expect(
                shell.with("TREADLE_TOKEN", "").run("list"),
                5,
                """
                Error: the node at %s wants its token, and none was found

                The token is TREADLE_TOKEN, or the file that a node on this machine wrote for its owner: admin.token in its data folder.

                Try:
                  export TREADLE_TOKEN=$(cat .treadle/admin.token)
                  treadle doctor
                """
                        .formatted(node.url()));
    }

    @Test
    void theTokenIsWrong() {
        TestShell.Run run = shell.with("TREADLE_TOKEN", "old").run("list");

        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err())
                .startsWith(
                        "Error: the node at %s does not take the token from TREADLE_TOKEN\n"
                                .formatted(node.url()));
    }

    @Test
    void aFunctionsNameIsMistyped() throws IOException {
        deployHello(shell);

        expect(
                shell.run("describe", "helo"),
                4,
                """
                Error: there is no function 'helo'; did you mean 'hello'?

                A function is named by the name in its manifest, or that --name gave it.

                Try:
                  treadle list
                  treadle describe hello
                """);
    }

    @Test
    void aFunctionWithoutRecordsIsMistyped() throws IOException {
        deployHello(shell);

        TestShell.Run run = shell.run("invocations", "helo");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("Error: there is no function 'helo'; did you mean 'hello'?\n");
    }

    @Test
    void theNodeSaysWhatNoLineCanMend() throws IOException {
        deployHello(shell);
        node.answers(
                503,
                "application/problem+json",
                "{\"type\": \"urn:treadle:error:TR-5002\", \"title\": \"NATS is off\", \"code\": \"TR-5002\", \"detail\": \"no server\"}");

        TestShell.Run run = shell.run("invoke", "hello");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).endsWith("Try:\n  treadle doctor\n");
    }

    @Test
    void theFunctionFails() throws IOException {
        deployHello(shell);
        node.answers(
                500,
                "application/problem+json",
                """
                {"type":"urn:treadle:error:TR-2001","title":"The function failed","status":500,
                 "detail":"IllegalStateException: no stock","code":"TR-2001","owner":"function",
                 "invocation":"01K9"}
                """);

        expect(
                shell.run("invoke", "hello"),
                1,
                """
                Error: IllegalStateException: no stock (TR-2001)
                  invocation 01K9

                The function failed.

                Try:
                  treadle logs hello --invocation 01K9
                  treadle describe hello
                """);
    }

    @Test
    void aProgramReads() {
        TestShell.Run run = shell.run("describe", "helo", "--json");

        assertThat(run.out()).isEmpty();
        JsonNode error = Documents.parse(run.err()).path("error");
        assertThat(error.path("cause").asString()).isEqualTo("there is no function 'helo'");
        assertThat(error.path("exitCode").asInt()).isEqualTo(4);
        assertThat(error.path("try").path(0).asString()).isEqualTo("treadle list");
    }
}
