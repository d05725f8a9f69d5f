package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.console.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Read each name after "we get a good message when". */
final class ErrorMessagesTest {
    private TestNode node;
    private TestShell shell;

    @BeforeEach
    void start(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aVerbIsMistyped() {
        expect(
                shell.run("delpoy", "Hello.java"),
                2,
                """
                Error: `treadle` has no verb 'delpoy'; did you mean deploy?

                Usage: treadle VERB [OPTIONS]

                Try:
                  treadle --help
                """);
    }

    @Test
    void anOptionIsMistyped() {
        expect(
                shell.run("list", "--jsn"),
                2,
                """
                Error: `treadle list` has no option --jsn; did you mean --json?

                Usage: treadle list [-h] [--json] [--server=URL]

                Try:
                  treadle list --help
                """);
    }

    @Test
    void thePathIsLeftOut() {
        TestShell.Run run = shell.run("deploy");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("Error: `treadle deploy` wants PATH\n");
    }

    @Test
    void thereIsOneWordTooMany() {
        TestShell.Run run = shell.run("list", "hello");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Error: `treadle list` does not know what to do with 'hello'\n");
    }

    @Test
    void aVerbOfAliasIsLeftOut() {
        TestShell.Run run = shell.run("alias");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("Error: `treadle alias` wants set, list or remove\n");
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
    void theServersAddressIsNone() {
        TestShell.Run run = shell.run("list", "--server", "ftp://there");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Error: 'ftp://there' from --server is not the address of a node\n");
    }

    @Test
    void aFunctionsNameIsMistyped() throws IOException {
        deployHello();

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
    void thePathIsNotThere() {
        expect(
                shell.run("deploy", "Nowhere.java"),
                4,
                """
                Error: Nowhere.java is not there

                PATH is a .java file, a folder with a pom.xml, a folder of .java files, or a jar.

                Try:
                  treadle init hello --template http
                  treadle deploy hello
                """);
    }

    @Test
    void aFolderHasNoSources() throws IOException {
        shell.write("docs/readme.txt", "");

        TestShell.Run run = shell.run("deploy", "docs");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("Error: folder docs has no pom.xml and no .java file\n");
    }

    @Test
    void aSourceDoesNotCompile() throws IOException {
        shell.write(
                "Hello.java",
                """
                public final class Hello {
                    int size() { return "two"; }
                }
                """);

        expect(
                shell.run("deploy", "Hello.java"),
                1,
                """
                Error: Hello.java has 1 compile error
                Hello.java:2: error: incompatible types: java.lang.String cannot be converted to int
                    int size() { return "two"; }
                                        ^

                Nothing was deployed; what was live stays live.

                Try:
                  treadle deploy Hello.java
                """);
    }

    @Test
    void aLibraryIsNotNamed() throws IOException {
        shell.write("Hello.java", "import org.acme.Csv;\npublic final class Hello {}\n");

        TestShell.Run run = shell.run("deploy", "Hello.java");

        assertThat(run.err())
                .contains("Hello.java:1: error: package org.acme does not exist\n")
                .contains(
                        "\nA library is named in the source by a line //DEPS group:artifact:version.\n");
    }

    @Test
    void aDependencyLineCannotBeRead() throws IOException {
        shell.write("Hello.java", "//DEPS commons-csv\npublic final class Hello {}\n");

        TestShell.Run run = shell.run("deploy", "Hello.java");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Error: Hello.java:1: 'commons-csv' names no dependency\n")
                .contains("Try:\n  //DEPS org.apache.commons:commons-csv:1.14.1\n");
    }

    @Test
    void thereIsNoHandler() throws IOException {
        shell.write("Hello.java", "public final class Hello {}\n");

        TestShell.Run run = shell.run("deploy", "Hello.java");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("Error: Hello.java has no handler class.");
    }

    @Test
    void theManifestHasErrorsAllAtOnce() throws IOException {
        deployHello();
        shell.write(
                "function.yaml",
                """
                schema: 1
                name: hello
                entry: Hello
                limits: {timeout: soon, concurrency: none}
                """);

        TestShell.Run run = shell.run("deploy", "Hello.java");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Error: function.yaml has 2 errors\n")
                .contains("  function.yaml:4: limits.timeout")
                .contains("  function.yaml:4: limits.concurrency");
    }

    @Test
    void aFunctionWouldEndTheNode() throws IOException {
        shell.write(
                "Quit.java",
                """
                import dev.treadle.*;
                public final class Quit implements HttpFunction {
                    @Override public Response handle(Request request, Context context) {
                        System.exit(1);
                        return Response.ok();
                    }
                }
                """);

        TestShell.Run run = shell.run("deploy", "Quit.java");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Error: Quit.java would end the node and every function on it")
                .endsWith(
                        """

                        A function ends its own call, never the process that it shares with others.

                        Try:
                          treadle deploy Quit.java
                        """);
    }

    @Test
    void theEntryIsNotInTheJar() throws IOException {
        deployHello();

        TestShell.Run run = shell.run("deploy", "Hello.java", "--entry", "Helo");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).endsWith("Try:\n  treadle deploy Hello.java --entry CLASS\n");
    }

    @Test
    void anAliasLooksLikeARelease() throws IOException {
        deployHello();

        TestShell.Run set = shell.run("alias", "set", "hello", "v1", "v1");
        TestShell.Run deploy = shell.run("deploy", "Hello.java", "--alias", "Blue");

        assertThat(set.exit()).isEqualTo(2);
        assertThat(set.err())
                .contains("'v1' is no alias: a-z, 0-9 and inner hyphens")
                .endsWith("Try:\n  treadle alias set --help\n");
        assertThat(deploy.exit()).isEqualTo(2);
        assertThat(deploy.err()).contains("'Blue' is no alias");
    }

    @Test
    void aLimitIsOutOfBounds() {
        for (String wrong : List.of("0", "-1", "10001", "many", "99999999999")) {
            TestShell.Run run = shell.run("logs", "hello", "--limit", wrong);

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("'%s' is no number from 1 to 10000".formatted(wrong));
        }
        assertThat(shell.run("invocations", "--limit", "1001").err()).contains("from 1 to 1000");
    }

    @Test
    void aFunctionWithoutRecordsIsMistyped() throws IOException {
        deployHello();

        TestShell.Run run = shell.run("invocations", "helo");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("Error: there is no function 'helo'; did you mean 'hello'?\n");
    }

    @Test
    void theInputsFileIsNotThere() throws IOException {
        deployHello();

        TestShell.Run run = shell.run("invoke", "hello", "--data", "@data/in.json");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("Error: data/in.json is not there\n")
                .endsWith("Try:\n  ls data\n");
    }

    @Test
    void theNodeSaysWhatNoLineCanMend() throws IOException {
        deployHello();
        node.answers(
                503,
                "application/problem+json",
                "{\"type\": \"urn:treadle:error:TR-5002\", \"title\": \"NATS is off\", \"code\": \"TR-5002\", \"detail\": \"no server\"}");

        TestShell.Run run = shell.run("invoke", "hello");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).endsWith("Try:\n  treadle doctor\n");
    }

    @Test
    void deletingWantsAYes() throws IOException {
        deployHello();

        expect(
                shell.run("delete", "hello"),
                2,
                """
                Error: hello was not deleted: --yes is missing

                Deleting removes all 1 releases and every alias of hello, and cannot be undone.

                Try:
                  treadle delete hello --yes
                """);
        assertThat(node.releases("hello")).isEqualTo(1);
    }

    @Test
    void weightsDoNotAddUp() throws IOException {
        deployHello();

        TestShell.Run run = shell.run("alias", "set", "hello", "live", "v1=90,v2=20");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("the weights add up to 110, not to 100: 'v1=90,v2=20'");
    }

    @Test
    void aTimeCannotBeRead() {
        TestShell.Run run = shell.run("logs", "hello", "--since", "yesterday");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("'yesterday' is neither a duration such as 10m or 2h nor a time such as");
    }

    @Test
    void theFunctionFails() throws IOException {
        deployHello();
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

    private void deployHello() throws IOException {
        shell.write(
                "Hello.java",
                """
                import dev.treadle.*;
                public final class Hello implements HttpFunction {
                    @Override public Response handle(Request request, Context context) {
                        return Response.ok("hi");
                    }
                }
                """);
        assertThat(shell.run("deploy", "Hello.java").exit()).isZero();
    }

    private static void expect(TestShell.Run run, int exit, String message) {
        assertThat(run.err()).isEqualTo(message);
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
    }
}
