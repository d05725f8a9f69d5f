package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models. Read each name after "we get a good message when". */
final class ModelMessagesTest {
    @AutoClose private final TestNode node;
    private final TestShell shell;

    ModelMessagesTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
    }

    @Test
    void anAliasLooksLikeARelease() {
        TestShell.Run set = shell.run("model", "alias", "set", "digits", "v1", "v1");
        TestShell.Run push = shell.run("model", "push", "digits", "d.onnx", "--alias", "Blue");

        assertThat(set.exit()).isEqualTo(2);
        assertThat(set.err())
                .contains("'v1' is no alias: a-z, 0-9 and inner hyphens")
                .endsWith("Try:\n  treadle model alias set --help\n");
        assertThat(push.exit()).isEqualTo(2);
        assertThat(push.err()).contains("'Blue' is no alias");
    }

    @Test
    void aVerbOfAliasIsLeftOut() {
        TestShell.Run run = shell.run("model", "alias");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Error: `treadle model alias` wants set, list or remove\n");
    }

    @Test
    void aModelHasNoFormerRelease() {
        TestShell.Run run = shell.run("model", "rollback", "digits");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).endsWith("Try:\n  treadle model alias list digits\n");
    }

    @Test
    void theModelIsMistyped() {
        TestShell.Run run = shell.run("model", "alias", "list", "digit");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err())
                .isEqualTo(
                        """
                        Error: there is no model 'digit'; did you mean 'digits'?

                        A model has the name that it was pushed with.

                        Try:
                          treadle model list
                          treadle model describe digits
                        """);
    }
}
