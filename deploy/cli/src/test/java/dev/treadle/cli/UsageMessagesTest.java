package dev.treadle.cli;

import static dev.treadle.cli.ErrorMessages.deployHello;
import static dev.treadle.cli.ErrorMessages.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed. Read each name after "we get a good message when". */
final class UsageMessagesTest {
    @AutoClose private final TestNode node;
    private final TestShell shell;

    UsageMessagesTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
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
    void theServersAddressIsNone() {
        TestShell.Run run = shell.run("list", "--server", "ftp://there");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Error: 'ftp://there' from --server is not the address of a node\n");
    }

    @Test
    void anAliasLooksLikeARelease() throws IOException {
        deployHello(shell);

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
    void theInputsFileIsNotThere() throws IOException {
        deployHello(shell);

        TestShell.Run run = shell.run("invoke", "hello", "--data", "@data/in.json");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("Error: data/in.json is not there\n")
                .endsWith("Try:\n  ls data\n");
    }

    @Test
    void deletingWantsAYes() throws IOException {
        deployHello(shell);

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
        deployHello(shell);

        TestShell.Run run = shell.run("alias", "set", "hello", "live", "v1=90,v2=20");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("the weights add up to 110, not to 100: 'v1=90,v2=20'");
    }

    @Test
    void weightsAreWrittenApart() throws IOException {
        deployHello(shell);

        TestShell.Run run = shell.run("alias", "set", "hello", "live", "v1=90", "v2=10");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("write several without spaces, such as v7=90,v8=10");
    }

    @Test
    void aTimeCannotBeRead() {
        TestShell.Run run = shell.run("logs", "hello", "--since", "yesterday");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .contains("'yesterday' is neither a duration such as 10m or 2h nor a time such as");
    }
}
