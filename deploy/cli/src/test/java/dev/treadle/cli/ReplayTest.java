package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.console.Documents;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code treadle replay} asks for, and how it shows what comes. */
final class ReplayTest {
    private static final String BEGIN =
            "{\"begin\":{\"stream\":\"S\",\"subject\":\"s.a\",\"first\":4,\"last\":9}}";
    private static final String LATE =
            "{\"begin\":{\"stream\":\"S\",\"subject\":\"s.a\",\"first\":4,\"last\":9,\"streamBegins\":4,"
                    + "\"gaps\":{\"events\":3,\"ranges\":[{\"first\":5,\"last\":6},{\"first\":8,\"last\":8}]}}}";
    private static final String DRY =
            "{\"event\":{\"sequence\":4,\"subject\":\"s.a\",\"published\":\"2026-11-01T12:00:00Z\",\"outputs\":"
                    + "[{\"invocation\":\"01A\",\"release\":1,\"attempts\":1,\"outcome\":\"succeeded\",\"status\":200,"
                    + "\"answer\":{\"contentType\":\"application/json\",\"body\":{\"cents\":5}},"
                    + "\"publishes\":[{\"subject\":\"s.b\",\"messageId\":\"f:S:4:1\",\"event\":{\"type\":\"t\",\"data\":{\"a\":1}}}]}]}}";
    private static final String FAILED =
            "{\"event\":{\"sequence\":7,\"subject\":\"s.a\",\"published\":\"2026-11-01T12:00:00Z\",\"outputs\":"
                    + "[{\"invocation\":\"01B\",\"release\":1,\"attempts\":3,\"outcome\":\"failed\",\"code\":\"TR-2001\","
                    + "\"message\":\"The function failed\",\"error\":{\"type\":\"E\",\"message\":\"no lorry\"}}]}}";
    private static final String DIFFERENT =
            "{\"event\":{\"sequence\":4,\"subject\":\"s.a\",\"published\":\"2026-11-01T12:00:00Z\",\"outputs\":[{},{}],"
                    + "\"differences\":[{\"path\":\"publishes[0].event.data.a\",\"before\":1,\"after\":2},{\"path\":\"code\",\"after\":\"TR-2001\"}]}}";
    private static final String SAME =
            "{\"event\":{\"sequence\":5,\"subject\":\"s.a\",\"published\":\"2026-11-01T12:00:00Z\",\"outputs\":"
                    + "[{\"outcome\":\"succeeded\"},{\"outcome\":\"succeeded\"}],\"differences\":[]}}";

    @TempDir Path folder;
    private TestNode node;
    private TestShell shell;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode();
        shell = new TestShell(folder).with(node);
        shell.write(
                "Ship.java",
                """
                import dev.treadle.*;
                public final class Ship implements EventFunction {
                    public void handle(Event event, Context context) {}
                }
                """);
        assertThat(shell.run("deploy", "Ship.java").exit()).isZero();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static String end(long failed, String more) {
        return "{\"end\":{\"events\":2,\"failed\":%d,\"passedOver\":0%s}}".formatted(failed, more);
    }

    private JsonNode sent() {
        return Documents.parse(node.lastCall().body());
    }

    @Test
    void everyOptionReachesTheNode() {
        node.logs(BEGIN, end(0, ",\"complete\":true"));

        assertThat(
                        shell.run(
                                        "replay",
                                        "ship",
                                        "--from",
                                        "2026-11-01T12:00:00Z",
                                        "--to",
                                        "2026-11-01T14:00:00+01:00",
                                        "--from-seq",
                                        "3",
                                        "--to-seq",
                                        "9",
                                        "--filter",
                                        "type = 'a'",
                                        "--limit",
                                        "5",
                                        "--rate",
                                        "7/s",
                                        "--trigger",
                                        "nats-2",
                                        "--to-release",
                                        "v3",
                                        "--dry-run",
                                        "--id",
                                        "x")
                                .exit())
                .isZero();

        assertThat(node.lastCall().line()).isEqualTo("POST /v1/functions/ship/replay");
        assertThat(sent())
                .isEqualTo(
                        Documents.parse(
                                """
                                {"dryRun": true, "from": "2026-11-01T12:00:00Z", "to": "2026-11-01T13:00:00Z",
                                 "fromSequence": 3, "toSequence": 9, "filter": "type = 'a'", "limit": 5, "rate": 7,
                                 "trigger": "nats-2", "target": "v3", "id": "x"}
                                """));
    }

    @Test
    void oneReleaseIsComparedWithLive() {
        node.logs(BEGIN, end(0, ",\"complete\":true,\"different\":0"));

        shell.run("replay", "ship", "--from-seq", "1", "--diff", "v2", "--ignore", "data.at");

        assertThat(sent().path("compare"))
                .isEqualTo(
                        Documents.parse(
                                "{\"before\": \"live\", \"after\": \"v2\", \"ignore\": [\"data.at\"]}"));
    }

    @Test
    void realReplayShowsWhatFailed() {
        node.logs(LATE, DRY, "", FAILED, end(1, ",\"complete\":true"));

        TestShell.Run run = shell.run("replay", "ship", "--from-seq", "1");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("the stream S begins with number 4; what came before is gone")
                .contains("3 numbers are missing in between: 5-6, 8");
        assertThat(run.out().lines())
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .startsWith("#7  ")
                                        .endsWith(
                                                "  s.a  failed after 3 attempts: TR-2001 E: no lorry (invocation 01B)"),
                        last -> assertThat(last).isEqualTo("Replayed 2, 1 failed"));
    }

    @Test
    void dryRunShowsEachEventAndWhatItWouldDo() {
        node.logs(BEGIN, DRY, end(0, ",\"complete\":true"));

        TestShell.Run run = shell.run("replay", "ship", "--from-seq", "1", "--dry-run");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(
                        "s.a  succeeded\n    publishes to s.b: t {\"a\":1}\n    answers {\"cents\":5}\n")
                .endsWith("Ran dry 2, 0 failed\n");
    }

    @Test
    void comparisonShowsDifferencesMemberByMember() {
        node.logs(BEGIN, DIFFERENT, SAME, end(0, ",\"complete\":true,\"different\":1"));

        TestShell.Run run = shell.run("replay", "ship", "--from-seq", "1", "--diff", "v1", "v2");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "s.a  different\n    publishes[0].event.data.a\n      - 1\n      + 2\n    code\n      + \"TR-2001\"\n")
                .contains("s.a  same\n")
                .endsWith("Compared 2: 1 the same, 1 different (- v1, + v2)\n");
    }

    @Test
    void eventsThatFailOnBothAreTheSame() {
        node.logs(BEGIN, SAME, end(2, ",\"complete\":true,\"different\":0"));

        assertThat(shell.run("replay", "ship", "--from-seq", "1", "--diff", "v1").exit()).isZero();
    }

    @Test
    void replayThatIsNotCompleteFails() {
        node.logs(
                BEGIN,
                end(0, ",\"complete\":false,\"dropped\":3,\"reason\":\"the node is stopping\""));

        TestShell.Run run = shell.run("replay", "ship", "--from-seq", "1");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("not all have run: the node is stopping")
                .contains("the stream dropped 3 numbers meanwhile, before they were reached");
    }

    @Test
    void answerThatBreaksOffIsAFailure() {
        node.logs(BEGIN, DRY);

        TestShell.Run run = shell.run("replay", "ship", "--from-seq", "1");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).startsWith("Error: the answer broke off before the replay's end");
    }

    @Test
    void jsonIsTheNodesOwn() {
        node.logs(BEGIN, "", DRY, end(0, ",\"complete\":true"));

        TestShell.Run run = shell.run("replay", "ship", "--from-seq", "1", "--json");

        assertThat(run.out().lines()).containsExactly(BEGIN, DRY, end(0, ",\"complete\":true"));
    }

    @Test
    void whereToBeginMustBeSaid() {
        TestShell.Run run = shell.run("replay", "ship");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("Error: from where on the events of ship are to run again is missing");
    }

    @Test
    void whatExcludesEachOtherIsRefused() {
        assertThat(
                        shell.run(
                                        "replay",
                                        "ship",
                                        "--from-seq",
                                        "1",
                                        "--alias",
                                        "a",
                                        "--diff",
                                        "v1")
                                .exit())
                .isEqualTo(2);
        assertThat(shell.run("replay", "ship", "--from-seq", "1", "--ignore", "id").err())
                .startsWith("Error: --ignore is about --diff");
        assertThat(shell.run("replay", "ship", "--from-seq", "1", "--rate", "x").err())
                .contains("'x' is no rate: write 5 or 5/s for five a second");
    }
}
