package dev.treadle.cli;

import static dev.treadle.cli.ErrorMessages.deployHello;
import static dev.treadle.cli.ErrorMessages.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed. Read each name after "we get a good message when". */
final class DeployMessagesTest {
    @AutoClose private final TestNode node;
    private final TestShell shell;

    DeployMessagesTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
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
        deployHello(shell);
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
        deployHello(shell);

        TestShell.Run run = shell.run("deploy", "Hello.java", "--entry", "Helo");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).endsWith("Try:\n  treadle deploy Hello.java --entry CLASS\n");
    }
}
