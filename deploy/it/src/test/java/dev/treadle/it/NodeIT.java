package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's life as a process: it starts, stops, is killed, and comes back. */
class NodeIT {
    @TempDir Path folder;
    private Distribution distribution;

    @BeforeEach
    void distribution() throws Exception {
        distribution = new Distribution(folder);
    }

    @Test
    void aNodeWithSamplesAnswersWhenItSaysReady() throws Exception {
        try (TreadleProcess node = TreadleProcess.up(distribution, "--samples")) {
            assertThat(Http.get(node.admin("/health/ready")).statusCode()).isEqualTo(200);
            assertThat(Http.get(node.http("/hello")).statusCode()).isEqualTo(200);
            assertThat(node.output()).contains(node.http("").toString(), node.admin("").toString());
        }
    }

    @Test
    void sigtermLetsCallsThatRunFinishAndEndsWithZero() throws Exception {
        try (TreadleProcess node = TreadleProcess.up(distribution)) {
            distribution.write("Waiting.java", Sources.waiting(folder.toString()));
            assertThat(node.run("deploy", "Waiting.java").status()).isZero();
            FutureTask<HttpResponse<String>> call =
                    inBackground(() -> Http.get(node.http("/waiting")));
            Eventually.holds(() -> Files.exists(folder.resolve("started")));

            node.terminate();
            Eventually.holds(() -> refuses(node));
            Files.createFile(folder.resolve("go"));

            assertThat(call.get().body()).isEqualTo("done");
            assertThat(node.waitFor()).as(node.output()).isZero();
            assertThat(node.hasNodeFile()).isFalse();
        }
    }

    @Test
    void aSecondNodeOnTheSameDataFolderSaysWhoHasIt() throws Exception {
        try (TreadleProcess first = TreadleProcess.up(distribution)) {
            try (TreadleProcess second = TreadleProcess.launch(distribution)) {
                assertThat(second.waitFor()).isNotZero();
                assertThat(second.output()).contains(".treadle").doesNotContain("\tat ");
            }
            assertThat(Http.get(first.admin("/health/ready")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aNodeKilledDuringDeploysComesBackWithAllThatWasDeployed() throws Exception {
        int acknowledged = 0;
        try (TreadleProcess node = TreadleProcess.up(distribution)) {
            for (int i = 1; i <= 3; i++) {
                distribution.write("Kept.java", Sources.saying("", "Kept", "release " + i));
                assertThat(node.run("deploy", "Kept.java").status()).isZero();
                acknowledged = i;
            }
            distribution.write("Kept.java", Sources.saying("", "Kept", "release 4"));
            FutureTask<Finished> last = inBackground(() -> node.run("deploy", "Kept.java"));
            node.kill();
            if (last.get().status() == 0) {
                acknowledged = 4;
            }
        }
        try (TreadleProcess node = TreadleProcess.up(distribution)) {
            assertThat(Http.get(node.http("/kept")).body())
                    .isIn("release " + acknowledged, "release " + (acknowledged + 1));
            assertThat(node.run("deploy", "Kept.java").status()).isZero();
            assertThat(Http.get(node.http("/kept")).body()).isEqualTo("release 4");
        }
    }

    @Test
    void aWrongOptionEndsWithAMessageAndNoStackTrace() throws Exception {
        Finished finished = distribution.run("up", "--http", "eighty");
        assertThat(finished.status()).isNotZero();
        assertThat(finished.err()).contains("eighty").doesNotContain("\tat ");
    }

    private static boolean refuses(TreadleProcess node) {
        try {
            return Http.get(node.admin("/health/ready")).statusCode() == 503;
        } catch (Exception e) {
            return true; // the listener is closed already
        }
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
