package dev.treadle.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 */5 * * * *        | 2026-01-01T00:00:00Z | 2026-01-01T00:05:00Z
                    */5 * * * *          | 2026-01-01T00:04:59Z | 2026-01-01T00:05:00Z
                    * * * * * *          | 2026-01-01T00:00:00.5Z | 2026-01-01T00:00:01Z
                    10-20/5 * * * * *    | 2026-01-01T00:00:20Z | 2026-01-01T00:01:10Z
                    5/20 * * * * *       | 2026-01-01T00:00:45Z | 2026-01-01T00:01:05Z
                    0 0 9 ? * MON-FRI    | 2026-01-02T09:00:00Z | 2026-01-05T09:00:00Z
                    0 12 * * 7           | 2026-01-01T00:00:00Z | 2026-01-04T12:00:00Z
                    0 12 * * sun         | 2026-01-04T12:00:00Z | 2026-01-11T12:00:00Z
                    0 12 * * 5-7         | 2026-01-03T13:00:00Z | 2026-01-04T12:00:00Z
                    0 0 31 * *           | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z
                    0 0 29 2 *           | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
                    0 0 29 2 *           | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
                    0 0 13 * FRI         | 2026-01-03T00:00:00Z | 2026-01-09T00:00:00Z
                    0 0 13 * FRI         | 2026-01-09T00:00:00Z | 2026-01-13T00:00:00Z
                    0 0 1 JAN,jul *      | 2026-01-01T00:00:00Z | 2026-07-01T00:00:00Z
                    @hourly              | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z
                    @daily               | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z
                    @weekly              | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z
                    @monthly             | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z
                    @yearly              | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z
                    """)
    void theNextTickIsTheFirstOneAfter(String cron, Instant after, Instant tick) {
        assertThat(Cron.parse(cron).next(after, UTC)).contains(tick);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    * * * *       | a cron expression has five fields, or six with seconds first; `* * * *` has 4
                    60 * * * * *  | the second `60` is not understood: a second is 0 to 59
                    0 0 0 0 * *   | the day of month `0` is not understood: a day of month is 1 to 31
                    * * * FOO *   | the month `FOO` is not understood: `FOO` is not a month
                    * * * * 8     | the day of week `8` is not understood: a day of week is 0 to 7
                    5-1 * * * *   | the minute `5-1` is not understood: a range goes upwards
                    */0 * * * *   | the minute `*/0` is not understood: a step is 1 or more
                    1,,2 * * * *  | the minute `` is not understood: write numbers, names, a-b, */n or lists of them
                    0 0 L * *     | the day of month `L` is not understood: `L` is not a day of month
                    0 0 1#2 * *   | the day of month `1#2` is not understood: write numbers, names, a-b, */n or lists of them
                    0 0 30 2 *    | `0 0 30 2 *` never comes true: no month that it names has such a day
                    @noon         | `@noon` is not one of @hourly, @daily, @weekly, @monthly, @yearly
                    """)
    void whatIsWrongIsSaid(String cron, String message) {
        assertThatThrownBy(() -> Cron.parse(cron))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** Paris leaves out 02:00 to 03:00 on 29 March 2026. */
    @Test
    void aTickInTheHourThatIsLeftOutComesAtItsEndAndOnce() {
        assertThat(ticks("0 30 2 * * *", "2026-03-28T12:00:00Z", 3))
                .containsExactly(
                        "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
        assertThat(ticks("0 */10 2,3 * * *", "2026-03-28T12:00:00Z", 3))
                .containsExactly(
                        "2026-03-29T01:00:00Z", "2026-03-29T01:10:00Z", "2026-03-29T01:20:00Z");
    }

    /** Paris has 02:00 to 03:00 twice on 25 October 2026. */
    @Test
    void aTickInTheHourThatIsThereTwiceComesInTheFirst() {
        assertThat(ticks("0 30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(ticks("0 30 2 * * *", "2026-10-25T01:10:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void anExpressionForEveryHourGoesByRealTime() {
        assertThat(ticks("0 */30 * * * *", "2026-03-29T00:15:00Z", 3))
                .containsExactly(
                        "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
        assertThat(ticks("0 */30 * * * *", "2026-10-25T00:15:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:00:00Z");
    }

    /** Lord Howe Island moves its clocks by half an hour; Samoa once left out a whole day. */
    @Test
    void oddChangesOfClocksAreNoSurprise() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        assertThat(Cron.parse("0 15 2 * * *").next(Instant.parse("2026-10-03T12:00:00Z"), lordHowe))
                .contains(Instant.parse("2026-10-03T15:30:00Z"));
        ZoneId samoa = ZoneId.of("Pacific/Apia");
        assertThat(Cron.parse("0 0 12 * * *").next(Instant.parse("2011-12-29T23:00:00Z"), samoa))
                .contains(Instant.parse("2011-12-30T10:00:00Z"));
    }

    /** Away from changes of clocks, a tick is each moment whose wall clock matches. */
    @Test
    void searchingAgreesWithLookingAtEveryMinute() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            String expression =
                    "%d/%d %s * * %s"
                            .formatted(
                                    random.nextInt(60),
                                    random.nextInt(1, 40),
                                    random.nextBoolean() ? "*" : random.nextInt(24),
                                    random.nextBoolean() ? "*" : random.nextInt(8));
            Instant start =
                    Instant.parse("2026-05-01T00:00:00Z").plusSeconds(random.nextInt(99999));
            Cron cron = Cron.parse(expression);
            Optional<Instant> found = cron.next(start, PARIS);
            assertThat(found).as(expression).isEqualTo(lookAtEveryMinute(expression, start));
        }
    }

    private static Optional<Instant> lookAtEveryMinute(String expression, Instant start) {
        String[] fields = expression.split(" ");
        String[] step = fields[0].split("/");
        int from = Integer.parseInt(step[0]);
        int by = Integer.parseInt(step[1]);
        Instant minute = Instant.ofEpochSecond(start.getEpochSecond() / 60 * 60);
        for (int i = 1; i < 60 * 24 * 9; i++) {
            Instant tick = minute.plus(Duration.ofMinutes(i));
            LocalDateTime local = LocalDateTime.ofInstant(tick, PARIS);
            boolean hour = fields[1].equals("*") || Integer.parseInt(fields[1]) == local.getHour();
            int weekday = local.getDayOfWeek().getValue() % 7;
            boolean day = fields[4].equals("*") || Integer.parseInt(fields[4]) % 7 == weekday;
            if (hour && day && local.getMinute() >= from && (local.getMinute() - from) % by == 0) {
                return Optional.of(tick);
            }
        }
        return Optional.empty();
    }

    private static List<String> ticks(String expression, String after, int count) {
        List<String> ticks = new ArrayList<>();
        Instant last = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            last = Cron.parse(expression).next(last, PARIS).orElseThrow();
            ticks.add(last.toString());
        }
        return ticks;
    }
}
