package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be deployed, deployed and called. */
class DeployIT {
    @TempDir static Path folder;
    private static Distribution distribution;
    private static TreadleProcess node;

    @BeforeAll
    static void startNode() throws Exception {
        distribution = new Distribution(folder);
        node = TreadleProcess.up(distribution);
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
    }

    @Test
    void aJavaFile() throws Exception {
        distribution.write("OneFile.java", Sources.saying("", "OneFile", "one file"));
        Finished deployed = deploy("OneFile.java");
        assertThat(deployed.out()).contains("/one-file");
        assertThat(deployed.out().strip().lines().toList().getLast()).contains("v1");
        assertThat(Http.get(node.http("/one-file")).body()).isEqualTo("one file");
    }

    @Test
    void aFolderOfSourcesWithAManifest() throws Exception {
        distribution.write("folder/app/Told.java", Sources.saying("app", "Told", "from a folder"));
        distribution.write(
                "folder/function.yaml",
                """
                schema: 1
                name: told
                entry: app.Told
                triggers:
                  - http: {path: /told/it, methods: [GET]}
                """);
        deploy("folder");
        assertThat(Http.get(node.http("/told/it")).body()).isEqualTo("from a folder");
        assertThat(Http.post(node.http("/told/it"), "text/plain", "x").statusCode()).isEqualTo(405);
    }

    @Test
    void aMavenProject() throws Exception {
        distribution.write(
                "project/src/main/java/app/Built.java", Sources.saying("app", "Built", "by Maven"));
        distribution.write(
                "project/pom.xml",
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                    <modelVersion>4.0.0</modelVersion>
                    <groupId>app</groupId>
                    <artifactId>built</artifactId>
                    <version>1.0</version>
                    <properties>
                        <maven.compiler.release>25</maven.compiler.release>
                        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                    </properties>
                    <dependencies>
                        <dependency>
                            <groupId>dev.treadle</groupId>
                            <artifactId>treadle-api</artifactId>
                            <version>0.1.0</version>
                            <scope>provided</scope>
                        </dependency>
                    </dependencies>
                    <build>
                        <plugins>
                            <plugin>
                                <artifactId>maven-compiler-plugin</artifactId>
                                <version>3.16.0</version>
                            </plugin>
                            <plugin>
                                <artifactId>maven-resources-plugin</artifactId>
                                <version>3.3.1</version>
                            </plugin>
                            <plugin>
                                <artifactId>maven-jar-plugin</artifactId>
                                <version>3.4.2</version>
                            </plugin>
                        </plugins>
                    </build>
                </project>
                """);
        deploy("project");
        assertThat(Http.get(node.http("/built")).body()).isEqualTo("by Maven");
    }

    @Test
    void aJar() throws Exception {
        Path jar = folder.resolve("hello.jar");
        Files.copy(distribution.home().resolve("samples/hello.jar"), jar);
        Finished deployed = deploy("hello.jar");
        assertThat(deployed.out()).contains("hello");
        assertThat(Http.get(node.http("/hello")).statusCode()).isEqualTo(200);
    }

    @Test
    void aSourceThatDoesNotCompileSaysWhereAndChangesNothing() throws Exception {
        distribution.write("Wrong.java", "public final class Wrong { int broken( }\n");
        Finished refused = distribution.run("deploy", "Wrong.java");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains("Wrong.java:1");
        assertThat(Http.get(node.http("/wrong")).statusCode()).isEqualTo(404);
    }

    private static Finished deploy(String path) throws Exception {
        Finished deployed = distribution.run("deploy", path);
        assertThat(deployed.status()).as(deployed.toString()).isZero();
        return deployed;
    }
}
