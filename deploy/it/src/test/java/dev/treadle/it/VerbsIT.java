package dev.treadle.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line's verbs against a running node, as a script would use them. */
class VerbsIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
    void invokePrintsTheAnswerAndLogsShowWhatTheCallWrote() throws Exception {
        deploy("Spoken", "spoken words");
        assertThat(run("invoke", "spoken").out()).contains("spoken words");
        assertThat(run("logs", "spoken").out()).contains("said spoken words");
        assertThat(run("invocations", "spoken").out()).contains("succeeded");
    }

    @Test
    void listAndDescribeKnowWhatIsDeployed() throws Exception {
        deploy("Listed", "listed");
        assertThat(run("list").out()).contains("listed", node.http("/listed").toString());
        assertThat(json("list", "--json").findValuesAsString("name")).contains("listed");
        assertThat(run("describe", "listed").out().lines().toList())
                .first()
                .asString()
                .isEqualTo("listed can be called now: loaded");
        assertThat(json("describe", "listed", "--json").isObject()).isTrue();
    }

    @Test
    void rollbackReturnsToTheReleaseBefore() throws Exception {
        deploy("Rolled", "first");
        deploy("Rolled", "second");
        assertThat(run("releases", "rolled").out()).contains("v1", "v2");
        assertThat(json("releases", "rolled", "--json").findValuesAsString("number"))
                .containsExactly("2", "1");
        run("rollback", "rolled");
        assertThat(Http.get(node.http("/rolled")).body()).isEqualTo("first");
        run("rollback", "rolled", "v2");
        assertThat(Http.get(node.http("/rolled")).body()).isEqualTo("second");
    }

    @Test
    void aliasWithWeightsServesBothReleases() throws Exception {
        deploy("Split", "one");
        deploy("Split", "two");
        run("alias", "set", "split", "live", "v1=50,v2=50");
        Eventually.holds(() -> answers("one") && answers("two"));
        run("alias", "set", "split", "live", "v1");
        assertThat(Http.get(node.http("/split")).body()).isEqualTo("one");
    }

    @Test
    void aScheduleTicksUntilItIsPausedAndItsNextTicksAreKnown() throws Exception {
        distribution.write(
                "pulse/function.yaml",
                """
                schema: 1
                name: pulse
                entry: Pulse
                triggers: [schedule: {cron: "* * * * * *"}]
                """);
        distribution.write(
                "pulse/Pulse.java",
                """
                import dev.treadle.*;
                public final class Pulse implements EventFunction {
                    @Override public void handle(Event tick, Context context) {
                        context.log().info("tick {}", tick.id());
                    }
                }
                """);
        run("deploy", "pulse");
        Eventually.holds(() -> logs("pulse").contains("tick pulse/schedule/20"));

        assertThat(json("trigger", "next", "pulse", "--count", "3", "--json").findPath("next"))
                .hasSize(3);
        run("trigger", "pause", "pulse");
        assertThat(run("trigger", "list", "pulse").out()).contains("schedule", "paused");
        run("trigger", "resume", "pulse", "schedule");
        assertThat(run("trigger", "list", "pulse").out()).contains("active");
    }

    private static String logs(String function) {
        try {
            return run("logs", function).out();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDryRunShowsTheDifferenceAndChangesNothing() throws Exception {
        deploy("Dry", "wet");
        distribution.write("Dry.java", Sources.saying("", "Dry", "dry"));
        assertThat(run("deploy", "Dry.java", "--dry-run").out()).contains("artifact");
        assertThat(Http.get(node.http("/dry")).body()).isEqualTo("wet");
        assertThat(json("releases", "dry", "--json").findValuesAsString("number"))
                .containsExactly("1");
    }

    @Test
    void deletedMeansGone() throws Exception {
        deploy("Doomed", "still here");
        run("delete", "doomed", "--yes");
        assertThat(Http.get(node.http("/doomed")).statusCode()).isEqualTo(404);
        assertThat(node.run("describe", "doomed").status()).isEqualTo(4);
    }

    @Test
    void doctorFindsNothingWrong() throws Exception {
        assertThat(run("doctor").out()).contains("Java");
    }

    @Test
    void whatIsMissingHasItsExitCodeAndSaysWhatToTry() throws Exception {
        Finished missing = node.run("invoke", "nobody");
        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.err()).contains("nobody").contains("Try:");

        Finished noNode = node.run("list", "--server", "http://127.0.0.1:1");
        assertThat(noNode.status()).isEqualTo(3);
        assertThat(noNode.err()).contains("127.0.0.1:1").contains("Try:");

        assertThat(node.run("lisd").status()).isEqualTo(2);
    }

    @Test
    void aWrongTokenIsTurnedAway() throws Exception {
        String server = node.admin("").toString();
        String treadle = distribution.home() + "/bin/treadle";
        Finished finished =
                distribution.shell("TREADLE_TOKEN=wrong " + treadle + " list --server " + server);
        assertThat(finished.status()).isEqualTo(5);
        assertThat(Http.get(node.admin("/v1/functions")).statusCode()).isEqualTo(401);
    }

    @Test
    void versionIsOneLine() throws Exception {
        assertThat(run("--version").out().lines().toList())
                .singleElement()
                .asString()
                .startsWith("treadle 0.1.0");
    }

    private static void deploy(String className, String text) throws Exception {
        distribution.write(className + ".java", Sources.saying("", className, text));
        run("deploy", className + ".java");
    }

    private static JsonNode json(String... words) throws Exception {
        return JSON.readTree(run(words).out());
    }

    private static Finished run(String... words) throws Exception {
        Finished finished = node.run(words);
        assertThat(finished.status()).as(List.of(words) + "\n" + finished).isZero();
        return finished;
    }

    private static boolean answers(String text) {
        try {
            return Http.get(node.http("/split")).body().equals(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
