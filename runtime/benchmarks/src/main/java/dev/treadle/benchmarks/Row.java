package dev.treadle.benchmarks;

import java.util.Locale;

/**
 * One line of the results.
 *
 * @param what was measured
 * @param ours how Treadle did
 * @param control how the control did in the same run, or nothing
 * @param ratio ours to the control's, or nothing
 * @param goal what must be reached, and in brackets what is aimed for
 */
record Row(String what, String ours, String control, String ratio, String goal) {
    static final String HEAD =
            """
            | what | Treadle | control | ratio | goal |
            |---|---|---|---|---|
            """;

    /** A line without a control. */
    static Row alone(String what, String ours, String goal) {
        return new Row(what, ours, "", "", goal);
    }

    /** A line whose ratio is the median of the rounds' ratios. */
    static Row rates(String what, Rounds ours, Rounds control, String goal) {
        return new Row(
                what,
                format("%,.0f/s", ours.median()),
                format("%,.0f/s", control.median()),
                format("%.3f", ours.medianRatioTo(control)),
                goal);
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    String markdown() {
        return "| %s | %s | %s | %s | %s |".formatted(what, ours, control, ratio, goal);
    }
}
