package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.console.Documents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class DeployTest {
    private static final String HELLO =
            """
            import dev.treadle.*;

            public final class Hello implements HttpFunction {
                @Override public Response handle(Request request, Context context) {
                    return Response.ok("%s");
                }
            }
            """;

    @AutoClose private final TestNode node;
    private final TestShell shell;

    DeployTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
    }

    @Test
    void aSourceFileIsDeployedWithWhatCanBeInferred() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));

        TestShell.Run run = shell.run("deploy", "Hello.java");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Compiled Hello.java in ")
                .contains(
                        "No function.yaml: took name hello, entry Hello, route /hello on every method\n");
        assertThat(run.lastLines(2))
                .containsExactly("URL      http://127.0.0.1:8080/hello", "Release  hello@v1");
        assertThat(entries(node.newestArtifact("hello"))).containsExactly("Hello.class");
    }

    @Test
    void aLinkToAFolderOfSourcesIsFollowed() throws IOException {
        shell.write("real/Hello.java", HELLO.formatted("hi"));
        Files.createSymbolicLink(
                shell.directory().resolve("link"), shell.directory().resolve("real"));

        TestShell.Run run = shell.run("deploy", "link");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("Release  hello@v1");
    }

    @Test
    void theSameSourcesAreUploadedOnce() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));

        shell.run("deploy", "Hello.java");
        TestShell.Run again = shell.run("deploy", "Hello.java");

        assertThat(again.out()).contains("The node has ");
        assertThat(node.uploads()).isEqualTo(1);
    }

    @Test
    void theManifestBesideASourceFileIsTaken() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));
        shell.write(
                "function.yaml",
                """
                schema: 1
                name: greeter
                entry: Hello
                limits: {timeout: 2s}
                triggers:
                  - http: {path: /greet}
                """);

        TestShell.Run run = shell.run("deploy", "Hello.java");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("No function.yaml");
        assertThat(node.manifest("greeter")).contains("timeout: 2s");
    }

    @Test
    void theNameOptionStandsOverTheManifest() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));
        shell.write("function.yaml", "schema: 1\nname: greeter\nentry: Hello\n");

        TestShell.Run run = shell.run("deploy", "Hello.java", "--name", "other");

        assertThat(run.lastLines(1)).containsExactly("Release  other@v1");
    }

    @Test
    void aFolderOfSourcesIsDeployedWithItsResources() throws IOException {
        shell.write(
                "shop/src/main/java/shop/Cart.java",
                """
                package shop;
                import dev.treadle.*;
                public final class Cart implements HttpFunction {
                    @Override public Response handle(Request request, Context context) {
                        return Response.ok(Prices.of("tea"));
                    }
                }
                """);
        shell.write(
                "shop/src/main/java/shop/Prices.java",
                """
                package shop;
                final class Prices {
                    static String of(String article) { return article + ": 3"; }
                }
                """);
        shell.write("shop/src/main/resources/prices.csv", "tea,3\n");
        shell.write("shop/target/old.txt", "not ours");

        TestShell.Run run = shell.run("deploy", "shop");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(entries(node.newestArtifact("cart")))
                .containsExactly("prices.csv", "shop/Cart.class", "shop/Prices.class");
    }

    @Test
    void aPackageMayBeNamedLikeBuildOutput() throws IOException {
        shell.write(
                "src/build/Out.java",
                HELLO.formatted("hi")
                        .replace("Hello", "Out")
                        .replaceFirst("import", "package build;\nimport"));
        shell.write("out/Old.java", "not ours");

        TestShell.Run run = shell.run("deploy", ".");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(entries(node.newestArtifact("out"))).containsExactly("build/Out.class");
    }

    @Test
    void aPlainTreeOfSourcesNeedsNoLayout() throws IOException {
        shell.write("plain/Hello.java", HELLO.formatted("hi"));
        shell.write("plain/function.yaml", "schema: 1\nname: plain\nentry: Hello\n");

        TestShell.Run run = shell.run("deploy", "plain");

        assertThat(run.lastLines(1)).containsExactly("Release  plain@v1");
        assertThat(entries(node.newestArtifact("plain"))).containsExactly("Hello.class");
    }

    @Test
    void aJarIsSentAsItIs() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));
        shell.run("deploy", "Hello.java");
        byte[] jar = node.newestArtifact("hello");
        Files.write(shell.directory().resolve("built.jar"), jar);

        TestShell.Run run = shell.run("deploy", "built.jar", "--name", "again");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(node.newestArtifact("again")).isEqualTo(jar);
        assertThat(node.uploads()).isEqualTo(1);
    }

    @Test
    void aDryRunMakesNoRelease() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));

        TestShell.Run run = shell.run("deploy", "Hello.java", "--dry-run");

        assertThat(run.out())
                .contains("  artifact: new\n")
                .endsWith("Dry run: nothing was changed\n");
        assertThat(node.releases("hello")).isZero();
    }

    @Test
    void anotherAliasIsCalledByItsName() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));

        TestShell.Run run = shell.run("deploy", "Hello.java", "--alias", "canary");

        assertThat(run.lastLines(2))
                .containsExactly(
                        "URL      none: call it with `treadle invoke hello@canary`",
                        "Release  hello@v1");
    }

    @Test
    void jsonHasTheReleaseAndTheUrls() throws IOException {
        shell.write("Hello.java", HELLO.formatted("hi"));

        TestShell.Run run = shell.run("deploy", "Hello.java", "--json");

        JsonNode document = Documents.parse(run.out());
        assertThat(document.path("outcome").asString()).isEqualTo("deployed");
        assertThat(document.path("release").asInt()).isEqualTo(1);
        assertThat(document.path("urls").path(0).asString())
                .isEqualTo("http://127.0.0.1:8080/hello");
        assertThat(document.path("uploaded").asBoolean()).isTrue();
    }

    @Test
    void oneOfSeveralHandlersIsChosenByTheEntryOption() throws IOException {
        shell.write("two/Hello.java", HELLO.formatted("hi"));
        shell.write("two/Other.java", HELLO.formatted("ho").replace("Hello", "Other"));

        TestShell.Run vague = shell.run("deploy", "two");
        TestShell.Run exact = shell.run("deploy", "two", "--entry", "Other");

        assertThat(vague.exit()).isEqualTo(1);
        assertThat(vague.err())
                .contains("several handler classes")
                .contains("  treadle deploy two --entry CLASS\n");
        assertThat(exact.lastLines(1)).containsExactly("Release  other@v1");
    }

    private static List<String> entries(byte[] jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
