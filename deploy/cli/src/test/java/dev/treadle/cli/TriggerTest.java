package dev.treadle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.cli.console.Documents;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TriggerTest {
    @AutoClose private final TestNode node;
    private final TestShell shell;

    TriggerTest(@TempDir Path top) throws IOException {
        node = new TestNode();
        shell = new TestShell(top).with(node);
        shell.write(
                "beat/function.yaml",
                """
                schema: 1
                name: beat
                entry: Beat
                triggers:
                  - http: {path: /beat, async: {onSuccess: {webhook: "https://hooks.example/done"}}}
                  - schedule: {cron: "@monthly"}
                  - schedule: {cron: "@daily", onSuccess: {subject: beat.done}, onFailure: {function: alarm}}
                """);
        shell.write(
                "beat/Beat.java",
                """
                import dev.treadle.*;
                public final class Beat implements EventFunction {
                    @Override public void handle(Event tick, Context context) {}
                }
                """);
        assertThat(shell.run("deploy", "beat").err()).doesNotContain("Error");
    }

    @Test
    void listShowsWhatEachTriggerWaitsFor() {
        assertThat(shell.run("trigger", "list", "beat").out().lines().map(TriggerTest::cells))
                .containsExactly(
                        "TRIGGER|STATE|SOURCE|NEXT",
                        "http|active|the http|-",
                        "schedule|active|the schedule|TIME",
                        "schedule-2|active|the schedule|TIME");
    }

    @Test
    void listWithoutANameIsOfAllFunctions() {
        assertThat(shell.run("trigger", "list").out().lines().map(TriggerTest::cells))
                .startsWith("FUNCTION|TRIGGER|STATE|SOURCE|NEXT")
                .contains("beat|schedule|active|the schedule|TIME");
        assertThat(shell.run("trigger", "list", "--json").out()).contains("\"function\"");
    }

    @Test
    void describeSaysWhereOutcomesGo() {
        assertThat(shell.run("describe", "beat").out().lines())
                .containsSequence(
                        "Outcomes go to   webhook https://hooks.example/done when http has succeeded",
                        "Outcomes go to   subject beat.done when schedule-2 has succeeded",
                        "Outcomes go to   function alarm when schedule-2 has failed");
    }

    @Test
    void nextShowsAsManyTicksOfEachScheduleAsAreWanted() {
        assertThat(shell.run("trigger", "next", "beat", "--count", "2").out().lines())
                .hasSize(5)
                .first()
                .isEqualTo("TRIGGER     TICK");
        assertThat(
                        Documents.parse(shell.run("trigger", "next", "beat", "--json").out())
                                .path("triggers")
                                .path(0)
                                .path("next"))
                .hasSize(5);
        assertThat(shell.run("trigger", "next", "beat", "--count", "0").exit()).isEqualTo(2);
    }

    @Test
    void oneTriggerIsPausedOrAllThatCanBe() {
        assertThat(shell.run("trigger", "pause", "beat", "schedule-2").out())
                .isEqualTo("Paused schedule-2 of beat\n");
        assertThat(shell.run("trigger", "list", "beat").out().lines().map(TriggerTest::cells))
                .contains("schedule|active|the schedule|TIME", "schedule-2|paused|the schedule|-");
        assertThat(shell.run("trigger", "resume", "beat", "schedule-2").exit()).isZero();
        assertThat(
                        shell.run("trigger", "pause", "beat", "schedule-2", "--reason", "too loud")
                                .exit())
                .isZero();
        assertThat(shell.run("trigger", "list", "beat").out().lines())
                .last()
                .asString()
                .matches("schedule-2: paused by .*: too loud");
        assertThat(shell.run("trigger", "pause", "beat").out().lines())
                .containsExactly("Paused schedule of beat", "Paused schedule-2 of beat");
        assertThat(shell.run("trigger", "resume", "beat").out().lines())
                .containsExactly("Resumed schedule of beat", "Resumed schedule-2 of beat");
    }

    @Test
    void aVerbIsWanted() {
        assertThat(shell.run("trigger").exit()).isEqualTo(2);
        assertThat(shell.run("trigger").err())
                .contains("`treadle trigger` wants list, next, pause or resume");
    }

    private static String cells(String line) {
        return line.replaceAll("20[0-9]{2}-[0-9: -]+", "TIME").replaceAll(" {2,}", "|");
    }
}
