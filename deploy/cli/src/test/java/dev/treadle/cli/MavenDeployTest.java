package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.inspect.JarInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real Maven. The library is one that this build has resolved already. */
final class MavenDeployTest {
    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
                <modelVersion>4.0.0</modelVersion>
                <groupId>shop</groupId>
                <artifactId>shouter</artifactId>
                <version>1</version>
                <properties>
                    <maven.compiler.release>21</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                </properties>
                <dependencies>
                    <dependency>
                        <groupId>org.jspecify</groupId>
                        <artifactId>jspecify</artifactId>
                        <version>1.0.1</version>
                    </dependency>
                </dependencies>
                <build>
                    <plugins>
                        <plugin>
                            <artifactId>maven-compiler-plugin</artifactId>
                            <version>3.16.0</version>
                        </plugin>
                        <plugin>
                            <artifactId>maven-jar-plugin</artifactId>
                            <version>3.4.2</version>
                        </plugin>
                        <plugin>
                            <artifactId>maven-resources-plugin</artifactId>
                            <version>3.3.1</version>
                        </plugin>
                        <plugin>
                            <artifactId>maven-surefire-plugin</artifactId>
                            <version>3.6.1</version>
                        </plugin>
                    </plugins>
                </build>
            </project>
            """;

    private static final String SHOUTER =
            """
            package shop;

            import java.util.function.Function;

            public final class Shouter implements Function<String, String> {
                @Override
                public String apply(String text) {
                    return text.toUpperCase(java.util.Locale.ROOT);
                }
            }
            """;

    @AutoClose private final TestNode node;
    private final TestShell shell;

    MavenDeployTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
    }

    @Test
    void aProjectIsPackagedWithItsDependenciesAndTheSameEachTime() throws IOException {
        shell.write("shouter/pom.xml", POM);
        shell.write("shouter/src/main/java/shop/Shouter.java", SHOUTER);

        TestShell.Run run = shell.run("deploy", "shouter");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Built shouter/target/shouter-1.jar with Maven in ");
        Path jar =
                Files.write(shell.directory().resolve("sent.jar"), node.newestArtifact("shouter"));
        assertThat(JarInspector.inspect(jar).onlyHandler().name()).isEqualTo("shop.Shouter");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.getEntry("lib/org.jspecify.jspecify-1.0.1.jar")).isNotNull();
        }

        shell.run("deploy", "shouter");
        assertThat(node.uploads()).isEqualTo(1);
    }

    @Test
    void devCompilesAProjectInThisProcess() throws IOException {
        shell.write("shouter/pom.xml", POM);
        shell.write("shouter/src/main/java/shop/Shouter.java", SHOUTER);
        shell.write("shouter/src/main/resources/words.txt", "loud");

        TestShell.Run run = shell.run("dev", "shouter", "--no-watch");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.lastLines(1)).containsExactly("Release  shouter@v1");
        Path jar =
                Files.write(shell.directory().resolve("dev.jar"), node.newestArtifact("shouter"));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly(
                            "lib/org.jspecify.jspecify-1.0.1.jar",
                            "shop/Shouter.class",
                            "words.txt");
        }
    }

    @Test
    void aSourceFileNamesItsLibrariesItself() throws IOException {
        shell.write(
                "Shouter.java",
                "//DEPS org.jspecify:jspecify:1.0.1\n"
                        + SHOUTER.replace("package shop;", "")
                                .replace(
                                        "public final class",
                                        "@org.jspecify.annotations.NullMarked public final class"));

        TestShell.Run run = shell.run("deploy", "Shouter.java");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("Resolved 1 dependency (1 jar)\nCompiled Shouter.java in ");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws IOException {
        shell.write("shouter/pom.xml", POM);

        TestShell.Run run = shell.with("PATH", "/nowhere").run("deploy", "shouter");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("Error: mvn is not on PATH\n")
                .contains("Try:\n  sudo apt install maven\n");
    }
}
