package dev.treadle.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.ErrorCode;
import dev.treadle.trigger.Outcome;
import dev.treadle.trigger.schedule.Schedule.Missed;
import dev.treadle.trigger.schedule.Schedule.Overlap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTriggerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String MINUTELY = "* * * * *";

    @TempDir Path folder;
    private final SeenTicks seen = new SeenTicks();
    private final HeldRuns runs = new HeldRuns();
    private Instant now = START;
    private ScheduleTrigger trigger;

    @BeforeEach
    void begin() {
        trigger = restarted();
    }

    @Test
    void aWeekOfMinutesIsEveryMinuteOfTheWeekOnce() {
        set(schedule(MINUTELY, Overlap.SKIP, Missed.SKIP));

        liveUntil(START.plus(Duration.ofDays(7)));

        assertThat(seen.times()).hasSize(7 * 24 * 60);
        assertThat(new HashSet<>(seen.times())).hasSize(7 * 24 * 60);
        assertThat(seen.times().getFirst()).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(seen.times().getLast()).isEqualTo("2026-01-08T00:00:00Z");
    }

    @Test
    void aTickIsAnEventThatIsTheSameWhoeverFiresIt() {
        set(schedule("@hourly", Overlap.SKIP, Missed.SKIP));

        liveUntil(START.plus(Duration.ofHours(1)));

        Event event = seen.events().getFirst();
        assertThat(event.type()).isEqualTo("dev.treadle.schedule.tick");
        assertThat(event.source()).hasToString("/functions/report/triggers/schedule");
        assertThat(event.id()).isEqualTo("report/schedule/2026-01-01T01:00:00Z");
        assertThat(event.time()).contains(Instant.parse("2026-01-01T01:00:00Z"));
        assertThat(event.text())
                .isEqualTo("{\"trigger\":\"schedule\",\"time\":\"2026-01-01T01:00:00Z\"}");
        assertThat(seen.requests().getFirst().trigger()).isEqualTo("schedule");
        assertThat(seen.requests().getFirst().target().reference()).isEqualTo("live");
    }

    @Test
    void aTickIsLeftOutWhileTheOneBeforeRuns() {
        set(schedule(MINUTELY, Overlap.SKIP, Missed.SKIP));
        runs.hold();

        liveUntil(START.plus(Duration.ofMinutes(3)));
        assertThat(runs.held()).isEqualTo(1);
        runs.releaseOne();
        liveUntil(START.plus(Duration.ofMinutes(4)));
        runs.releaseOne();

        assertThat(seen.times())
                .containsExactly(
                        Instant.parse("2026-01-01T00:01:00Z"),
                        Instant.parse("2026-01-01T00:04:00Z"));
    }

    @Test
    void aTickWaitsForTheOneBeforeWhereThatIsWanted() {
        set(schedule(MINUTELY, Overlap.QUEUE, Missed.SKIP));
        runs.hold();

        liveUntil(START.plus(Duration.ofMinutes(3)));
        assertThat(trigger.status(id())).contains(new ScheduleTrigger.Status(false, 1, 2));
        runs.releaseOne();

        assertThat(seen.times())
                .containsExactly(
                        Instant.parse("2026-01-01T00:01:00Z"),
                        Instant.parse("2026-01-01T00:02:00Z"),
                        Instant.parse("2026-01-01T00:03:00Z"));
        assertThat(trigger.status(id())).contains(new ScheduleTrigger.Status(false, 0, 0));
    }

    @Test
    void ticksRunSideBySideWhereThatIsAllowed() {
        set(schedule(MINUTELY, Overlap.ALLOW, Missed.SKIP));
        runs.hold();

        liveUntil(START.plus(Duration.ofMinutes(3)));

        assertThat(runs.held()).isEqualTo(3);
    }

    @Test
    void ticksThatPassedWhileNothingRanAreLeftOut() {
        assertThat(afterANight(Missed.SKIP)).isEmpty();
    }

    @Test
    void theLastOfThemRunsWhereThatIsWanted() {
        assertThat(afterANight(Missed.ONCE)).containsExactly(Instant.parse("2026-01-01T08:00:00Z"));
    }

    @Test
    void allOfThemRunInOrderWhereThatIsWanted() {
        assertThat(afterANight(Missed.ALL))
                .hasSize(8)
                .isSorted()
                .startsWith(Instant.parse("2026-01-01T01:00:00Z"))
                .endsWith(Instant.parse("2026-01-01T08:00:00Z"));
    }

    @Test
    void aYearOfMissedSecondsIsCaughtUpWithoutAnEndlessQueue() {
        set(schedule("* * * * * *", Overlap.SKIP, Missed.ONCE));
        now = START.plus(Duration.ofDays(365));
        trigger = restarted();
        set(schedule("* * * * * *", Overlap.SKIP, Missed.ONCE));
        trigger.advance();
        assertThat(seen.times().getFirst()).isEqualTo(now.minus(Slot.LATE_MAX));

        now = now.plus(Duration.ofHours(1));
        trigger = restarted();
        runs.hold();
        set(schedule("* * * * * *", Overlap.SKIP, Missed.ALL));
        trigger.advance();
        assertThat(trigger.status(id()).orElseThrow().waiting()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void aTickThatComesALittleLateIsNotMissed() {
        set(schedule("@hourly", Overlap.SKIP, Missed.SKIP));
        now = START.plus(Duration.ofHours(1)).plusSeconds(9);
        trigger.advance();

        assertThat(seen.times()).containsExactly(Instant.parse("2026-01-01T01:00:00Z"));
    }

    @Test
    void aTickIsNotFiredAgainAfterARestart() {
        set(schedule("@hourly", Overlap.SKIP, Missed.ALL));
        liveUntil(START.plus(Duration.ofHours(1)));

        trigger = restarted();
        set(schedule("@hourly", Overlap.SKIP, Missed.ALL));
        trigger.advance();

        assertThat(seen.times()).hasSize(1);
    }

    @Test
    void anotherExpressionMakesUpForNothing() {
        set(schedule("@daily", Overlap.SKIP, Missed.ALL));
        now = START.plus(Duration.ofHours(12));
        set(schedule("@hourly", Overlap.SKIP, Missed.ALL));
        trigger.advance();

        assertThat(seen.times()).isEmpty();
    }

    @Test
    void whatPassesInAPauseIsNotMadeUpFor() {
        Schedule schedule = schedule("@hourly", Overlap.SKIP, Missed.ALL);
        trigger.set("report", List.of(schedule), Set.of("schedule"));
        liveUntil(START.plus(Duration.ofHours(3)));
        assertThat(trigger.status(id()).orElseThrow().paused()).isTrue();

        set(schedule);
        liveUntil(START.plus(Duration.ofHours(5)));

        assertThat(seen.times())
                .containsExactly(
                        Instant.parse("2026-01-01T04:00:00Z"),
                        Instant.parse("2026-01-01T05:00:00Z"));
    }

    @Test
    void aScheduleThatIsTakenAwayTicksNoMore() {
        set(schedule(MINUTELY, Overlap.SKIP, Missed.SKIP));
        trigger.set("other", List.of(), Set.of());
        liveUntil(START.plus(Duration.ofMinutes(1)));
        trigger.set("report", List.of(), Set.of());
        liveUntil(START.plus(Duration.ofMinutes(5)));

        assertThat(seen.times()).hasSize(1);
        assertThat(trigger.status(id())).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailureDoesNotStopTheClock() {
        set(schedule(MINUTELY, Overlap.SKIP, Missed.SKIP));
        seen.outcome =
                new Outcome.Failed(
                        ErrorCode.FUNCTION_ERROR, 500, "out of paper", false, Duration.ZERO);

        liveUntil(START.plus(Duration.ofMinutes(2)));

        assertThat(seen.times()).hasSize(2);
    }

    @Test
    void itTicksByTheRealClockAndDrains() {
        ScheduleTrigger real =
                new ScheduleTrigger(seen, new FileTickStore(folder), InstantSource.system());
        real.start();
        real.set("report", List.of(schedule("* * * * * *", Overlap.SKIP, Missed.SKIP)), Set.of());

        Eventually.holds(() -> seen.times().size() > 1);

        assertThat(real.drain(Duration.ofSeconds(60))).isTrue();
        real.close();
    }

    /** Hourly from midnight; the node stops at once and comes back at half past eight. */
    private List<Instant> afterANight(Missed missed) {
        set(schedule("@hourly", Overlap.SKIP, missed));
        now = START.plus(Duration.ofMinutes(8 * 60 + 30));
        trigger = restarted();
        set(schedule("@hourly", Overlap.SKIP, missed));
        trigger.advance();
        return seen.times();
    }

    /** Time goes on from one thing to do to the next. */
    private void liveUntil(Instant end) {
        Optional<Instant> next = trigger.advance();
        while (next.isPresent() && !next.get().isAfter(end)) {
            now = next.get();
            next = trigger.advance();
        }
        now = end;
    }

    private ScheduleTrigger restarted() {
        return new ScheduleTrigger(seen, new FileTickStore(folder), () -> now, runs);
    }

    private void set(Schedule schedule) {
        trigger.set("report", List.of(schedule), Set.of());
    }

    private static Schedule schedule(String cron, Overlap overlap, Missed missed) {
        return new Schedule(id(), Cron.parse(cron), ZoneId.of("UTC"), overlap, missed);
    }

    private static Schedule.Id id() {
        return new Schedule.Id("report", "schedule");
    }
}
