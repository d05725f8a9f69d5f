package dev.treadle.trigger.schedule;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One field of a cron expression: reads it into a set of numbers, kept as bits. */
enum CronField {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY("day of month", 1, 31, List.of()),
    MONTH(
            "month",
            1,
            12,
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC")),
    /** 0 and 7 are both Sunday. */
    WEEKDAY("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final Pattern ITEM =
            Pattern.compile("(\\*|\\?|\\w+)(?:-(\\w+))?(?:/([0-9]{1,4}))?");

    private final String title;
    private final int min;
    private final int max;
    private final List<String> names;

    CronField(String title, int min, int max, List<String> names) {
        this.title = title;
        this.min = min;
        this.max = max;
        this.names = names;
    }

    /**
     * Reads a list of numbers, names, ranges and steps.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    long read(String text) {
        long bits = 0;
        for (String item : text.split(",", -1)) {
            bits |= item(item);
        }
        boolean sundayAsSeven = this == WEEKDAY && (bits & 1L << 7) != 0;
        return sundayAsSeven ? (bits | 1L) & ~(1L << 7) : bits;
    }

    /** All that the field may hold. */
    long all() {
        return this == WEEKDAY ? range(0, 6, 1) : range(min, max, 1);
    }

    private long item(String text) {
        Matcher item = ITEM.matcher(text);
        if (!item.matches()) {
            throw wrong(text, "write numbers, names, a-b, */n or lists of them");
        }
        boolean any = item.group(1).equals("*") || item.group(1).equals("?");
        if (any && item.group(2) != null) {
            throw wrong(text, "a range has a number or a name on both sides");
        }
        int step = item.group(3) == null ? 1 : Integer.parseInt(item.group(3));
        if (step < 1) {
            throw wrong(text, "a step is 1 or more");
        }
        if (any) {
            return this == WEEKDAY ? range(0, 6, step) : range(min, max, step);
        }
        int from = number(text, item.group(1));
        int to = from;
        if (item.group(2) != null) {
            to = number(text, item.group(2));
        } else if (item.group(3) != null) {
            to = this == WEEKDAY ? 6 : max;
        }
        if (to < from) {
            throw wrong(text, "a range goes upwards");
        }
        return range(from, to, step);
    }

    private int number(String item, String text) {
        int name = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return this == MONTH ? name + 1 : name;
        }
        if (!text.matches("[0-9]{1,4}")) {
            throw wrong(item, "`%s` is not a %s".formatted(text, title));
        }
        int number = Integer.parseInt(text);
        if (number < min || number > max) {
            throw wrong(item, "a %s is %d to %d".formatted(title, min, max));
        }
        return number;
    }

    private static long range(int from, int to, int step) {
        long bits = 0;
        for (int i = from; i <= to; i += step) {
            bits |= 1L << i;
        }
        return bits;
    }

    private IllegalArgumentException wrong(String item, String rule) {
        return new IllegalArgumentException(
                "the %s `%s` is not understood: %s".formatted(title, item, rule));
    }
}
