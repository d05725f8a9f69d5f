package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitTest {
    private TestShell shell;

    @BeforeEach
    void start(@TempDir Path top) throws IOException {
        Path template = top.resolve("treadle/templates/http");
        Path source = template.resolve("src/__PACKAGE__/__CLASS__.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source, "package __PACKAGE__;\n// __NAME__ on __VERSION__\nclass __CLASS__ {}\n");
        Files.writeString(template.resolve("__DOT__gitignore"), "target/\n");
        shell = new TestShell(top).withTreadleHome(top.resolve("treadle"));
    }

    @Test
    void placeholdersAreFilledInFilesAndTheirNames() throws IOException {
        TestShell.Run run = shell.run("init", "order-mail", "--template", "http");

        assertThat(run.exit()).as(run.err()).isZero();
        Path project = shell.directory().resolve("order-mail");
        assertThat(project.resolve(".gitignore")).exists();
        assertThat(Files.readString(project.resolve("src/functions/ordermail/OrderMail.java")))
                .isEqualTo(
                        "package functions.ordermail;\n// order-mail on %s\nclass OrderMail {}\n"
                                .formatted(Version.number()));
    }

    @Test
    void aFolderThatIsThereIsNotTouched() throws IOException {
        shell.write("hello/mine.txt", "mine");

        TestShell.Run run = shell.run("init", "hello");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("Error: hello is there already\n");
        assertThat(shell.directory().resolve("hello")).isDirectoryNotContaining("glob:**.java");
    }

    @Test
    void anUnknownTemplateIsNamedWithTheNearest() {
        TestShell.Run run = shell.run("init", "hello", "--template", "htp");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Error: there is no template 'htp'; did you mean 'http'?\n");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        TestShell.Run run = shell.run("init", "Hello World");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("'Hello World' is no function name");
    }
}
