package dev.treadle.trigger.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cron expression: second (optional), minute, hour, day of month, month, day of week. As in a
 * crontab, a day counts when it is one of the days of the month or one of the days of the week, if
 * both are given.
 *
 * <p>When clocks are changed: an expression that is for every hour goes by real time. One that
 * names hours keeps to the wall clock: a tick that falls into the hour that is left out comes at
 * its end, and one in the hour that is there twice comes in the first of the two.
 */
public final class Cron {
    private static final Map<String, String> WORDS =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    /** 29 February comes after eight years at the latest; on a certain weekday after forty. */
    private static final int YEARS_MAX = 41;

    private final String text;
    private final long seconds;
    private final long minutes;
    private final long hours;
    private final long days;
    private final long months;
    private final long weekdays;
    private final boolean eitherDay;

    private Cron(String text, List<String> fields) {
        this.text = text;
        this.seconds = CronField.SECOND.read(fields.get(0));
        this.minutes = CronField.MINUTE.read(fields.get(1));
        this.hours = CronField.HOUR.read(fields.get(2));
        this.days = CronField.DAY.read(fields.get(3));
        this.months = CronField.MONTH.read(fields.get(4));
        this.weekdays = CronField.WEEKDAY.read(fields.get(5));
        this.eitherDay = days != CronField.DAY.all() && weekdays != CronField.WEEKDAY.all();
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException saying what is wrong with it, or that it never comes true
     */
    public static Cron parse(String text) {
        String expression = WORDS.getOrDefault(text.strip(), text.strip());
        List<String> fields = new ArrayList<>(List.of(expression.split("\\s+")));
        if (expression.startsWith("@")) {
            throw new IllegalArgumentException(
                    "`%s` is not one of @hourly, @daily, @weekly, @monthly, @yearly"
                            .formatted(text));
        }
        if (fields.size() == 5) {
            fields.addFirst("0");
        }
        if (fields.size() != 6) {
            throw new IllegalArgumentException(
                    "a cron expression has five fields, or six with seconds first; `%s` has %d"
                            .formatted(text, fields.size()));
        }
        Cron cron = new Cron(text, fields);
        LocalDateTime start = LocalDate.of(2000, 1, 1).atStartOfDay();
        if (cron.nextLocal(start, start.plusYears(YEARS_MAX)).isEmpty()) {
            throw new IllegalArgumentException(
                    "`%s` never comes true: no month that it names has such a day".formatted(text));
        }
        return cron;
    }

    /** The first tick after a moment; empty when there is none that this calendar reaches. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        Instant end = after.plusSeconds(YEARS_MAX * 366L * 86_400);
        Instant from = after.plusNanos(1);
        while (from.isBefore(end)) {
            ZoneOffsetTransition change = rules.nextTransition(from);
            Instant until =
                    change == null || change.getInstant().isAfter(end) ? end : change.getInstant();
            Optional<Instant> tick = within(from, until, rules);
            if (tick.isPresent()) {
                return tick;
            }
            if (change != null && fallsIntoGap(change)) {
                return Optional.of(change.getInstant());
            }
            from = until;
        }
        return Optional.empty();
    }

    /** The first tick of a stretch of time in which the zone's offset does not change. */
    private Optional<Instant> within(Instant from, Instant until, ZoneRules rules) {
        ZoneOffset offset = rules.getOffset(from);
        LocalDateTime start = LocalDateTime.ofInstant(from, offset);
        ZoneOffsetTransition before = rules.previousTransition(from.plusNanos(1));
        if (before != null && before.isOverlap() && keepsToTheWallClock()) {
            LocalDateTime repeatedUntil = before.getDateTimeBefore();
            start = start.isBefore(repeatedUntil) ? repeatedUntil : start;
        }
        return nextLocal(start, LocalDateTime.ofInstant(until, offset))
                .map(local -> local.toInstant(offset));
    }

    private boolean fallsIntoGap(ZoneOffsetTransition change) {
        return change.isGap()
                && keepsToTheWallClock()
                && nextLocal(change.getDateTimeBefore(), change.getDateTimeAfter()).isPresent();
    }

    private boolean keepsToTheWallClock() {
        return hours != CronField.HOUR.all();
    }

    /** The first matching wall-clock time from {@code from} on and before {@code until}. */
    private Optional<LocalDateTime> nextLocal(LocalDateTime from, LocalDateTime until) {
        LocalDateTime start = from.getNano() == 0 ? from : from.withNano(0).plusSeconds(1);
        LocalTime earliest = start.toLocalTime();
        LocalDate day = start.toLocalDate();
        while (!day.atStartOfDay().isAfter(until)) {
            if (!has(months, day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
                earliest = LocalTime.MIDNIGHT;
                continue;
            }
            Optional<LocalTime> time = isDay(day) ? timeFrom(earliest) : Optional.empty();
            if (time.isPresent()) {
                return Optional.of(day.atTime(time.get())).filter(found -> found.isBefore(until));
            }
            day = day.plusDays(1);
            earliest = LocalTime.MIDNIGHT;
        }
        return Optional.empty();
    }

    private boolean isDay(LocalDate day) {
        boolean ofMonth = has(days, day.getDayOfMonth());
        boolean ofWeek = has(weekdays, day.getDayOfWeek().getValue() % 7);
        return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    /** The first matching time of a day from {@code earliest} on. */
    private Optional<LocalTime> timeFrom(LocalTime earliest) {
        for (int hour = from(hours, earliest.getHour()); hour >= 0; hour = from(hours, hour + 1)) {
            boolean sameHour = hour == earliest.getHour();
            for (int minute = from(minutes, sameHour ? earliest.getMinute() : 0);
                    minute >= 0;
                    minute = from(minutes, minute + 1)) {
                boolean sameMinute = sameHour && minute == earliest.getMinute();
                int second = from(seconds, sameMinute ? earliest.getSecond() : 0);
                if (second >= 0) {
                    return Optional.of(LocalTime.of(hour, minute, second));
                }
            }
        }
        return Optional.empty();
    }

    /** The lowest number of a set that is at least {@code least}; -1 when there is none. */
    private static int from(long bits, int least) {
        long rest = bits >>> least << least;
        return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }

    private static boolean has(long bits, int number) {
        return (bits & 1L << number) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
