package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that behave badly, and the others on their node. */
class RunawayIT {
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
    void othersAnswerWhileMoreCallsLoopThanThereAreCores() throws Exception {
        deploy("Calm", "return Response.text(\"calm\");");
        deploy(
                "Loop",
                """
                java.nio.file.Path stop = java.nio.file.Path.of("%s");
                long turns = 0;
                while (++turns %% 100_000_000 != 0 || !java.nio.file.Files.exists(stop)) {}
                return Response.text("stopped");
                """
                        .formatted(folder.resolve("stop")));
        int loops = Runtime.getRuntime().availableProcessors() + 1;
        for (int i = 0; i < loops; i++) {
            Thread.ofVirtual().start(() -> get(node.http("/loop")));
        }
        try {
            Eventually.holds(() -> running() == loops);
            assertThat(get(node.http("/calm"))).isEqualTo("calm");
            assertThat(node.run("describe", "loop").status()).isZero();
        } finally {
            Files.createFile(folder.resolve("stop"));
        }
    }

    /** How many calls the node says it runs. */
    private static int running() {
        return (int)
                get(node.admin("/metrics"))
                        .lines()
                        .filter(line -> line.startsWith("treadle_invocations_active{"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                        .sum();
    }

    @Test
    void aFunctionThatWouldEndTheNodeIsRefused() throws Exception {
        distribution.write("Leave.java", source("Leave", "System.exit(3);\nreturn null;"));
        Finished refused = node.run("deploy", "Leave.java");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("`System.exit` in Leave.handle (line 6)", "Throw an exception instead");
    }

    @Test
    void aFunctionThatRecursForEverFailsAlone() throws Exception {
        deploy("Deep", "return handle(request, context);");
        assertThat(get(node.http("/deep"))).contains("TR-2001");
        assertThat(node.run("logs", "deep").out()).contains("StackOverflowError");
    }

    private static void deploy(String className, String body) throws Exception {
        distribution.write(className + ".java", source(className, body));
        Finished finished = node.run("deploy", className + ".java");
        assertThat(finished.status()).as(finished.toString()).isZero();
    }

    private static String source(String className, String body) {
        return """
        import dev.treadle.*;

        public final class %s implements HttpFunction {
            @Override
            public Response handle(Request request, Context context) throws Exception {
        %s
            }
        }
        """
                .formatted(className, body);
    }

    private static String get(URI uri) {
        try {
            return Http.get(uri).body();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
