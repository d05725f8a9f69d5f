package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HelpTest {
    @TempDir private Path top;

    @Test
    void theHelpNamesEveryVerb() throws IOException {
        assertThat(new TestShell(top).run("--help").out())
                .isEqualTo(
                        """
                        Usage: treadle VERB [OPTIONS]

                        Self-hosted serverless functions on the JVM.


                        Options:
                          -h, --help      Show this help.
                              --version   Show the version.
                        Verbs:
                          up           Start a node: up [--data DIR] [--http PORT] [--admin PORT] [--samples].
                          init         Make a project from a template.
                          dev          Deploy, and deploy again on each save.
                          deploy       Build a function and make it live.
                          invoke       Call a function and print its answer.
                          logs         Show a function's log.
                          invocations  List recent invocations.
                          list         List the functions.
                          describe     Show a function, beginning with whether it can be called now.
                          releases     List a function's releases.
                          alias        Set, list or remove a function's aliases.
                          trigger      List, pause or resume a function's triggers.
                          event        Publish a message; save, list and send test events.
                          dlq          List, show, redrive or purge a function's dead letters.
                          replay       Run events of the function's stream again.
                          rollback     Point live at a former release.
                          delete       Remove a function with all its releases and aliases.
                          model        Push, list and describe models; move their aliases.
                          secret       Set, list or delete the secrets of a node.
                          doctor       Check what Treadle needs on this machine.
                          completion   Print the completion script for bash and zsh.

                        From nothing to a live URL:
                          treadle up
                          treadle init hello --template http
                          treadle deploy hello

                        treadle VERB --help tells more about a verb. Exit codes: 0 done, 1 failed, 2 wrong usage,
                        3 no node answers, 4 not found, 5 unauthorized.
                        """);
    }

    @Test
    void withoutAVerbTheHelpIsShown() throws IOException {
        TestShell shell = new TestShell(top);

        assertThat(shell.run().out()).isEqualTo(shell.run("--help").out());
    }

    @Test
    void theVersionIsOneLine() throws IOException {
        assertThat(new TestShell(top).run("--version").out())
                .matches("treadle \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\n");
    }

    @Test
    void theVersionLoadsNeitherJsonNorCompilerNorHttp() throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-verbose:class",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.treadle.cli.Main",
                                "--version")
                        .start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(loaded)
                .contains("dev.treadle.cli.Main", "treadle " + Version.number())
                .doesNotContain("tools.jackson", "com.sun.tools.javac", "java.net.Http", "picocli");
    }

    @Test
    void everyVerbHelpsAndIsDocumented() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (String verb : new Verbs().makers().keySet()) {
            assertThat(readme).contains("`treadle " + verb);
            if (verb.equals("up")) {
                continue; // hands --help to the node, too
            }
            TestShell.Run run = new TestShell(top).run(verb, "--help");
            assertThat(run.exit()).as(verb).isZero();
            assertThat(run.out()).startsWith("Usage: treadle " + verb);
        }
    }

    @Test
    void upHandsAllItsArgumentsToTheNode() throws IOException {
        TestShell.Run run = new TestShell(top).run("up", "--http", "0", "--help");

        assertThat(run.err()).startsWith("Error: this installation has no node\n");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void theCompletionScriptKnowsVerbsAndOptions() throws IOException {
        assertThat(new TestShell(top).run("completion").out())
                .contains("deploy")
                .contains("--dry-run");
    }
}
