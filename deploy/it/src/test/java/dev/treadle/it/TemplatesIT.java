package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From {@code init} over the project's own tests to a function that can be called. */
class TemplatesIT {
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

    @ParameterizedTest
    @ValueSource(strings = {"http", "json", "event"})
    void aNewProjectPassesItsTestsAndCanBeDeployed(String template) throws Exception {
        String name = "my-" + template;
        succeed(node.run("init", name, "--template", template));
        succeed(distribution.shell("cd " + name + " && mvn -B -q test"));
        succeed(node.run("deploy", name));
        assertThat(node.run("describe", name).out()).startsWith(name + " can be called now");
    }

    private static void succeed(Finished finished) {
        assertThat(finished.status()).as(finished.toString()).isZero();
    }
}
