package dev.treadle.trigger.nats;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of a stream whose events have been removed from between others.
 *
 * @param events how many are missing in all, whatever their subjects were; where more than a
 *     hundred thousand are missing in the stream, all of the stream's
 * @param ranges the first hundred ranges of numbers, in order; none in that case
 */
public record Gaps(long events, List<Range> ranges) {
    private static final int RANGES_MAX = 100;

    /** Nothing is missing. */
    public static final Gaps NONE = new Gaps(0, List.of());

    public Gaps {
        ranges = List.copyOf(ranges);
    }

    /** Numbers from the first to the last, both included. */
    public record Range(long first, long last) {}

    /**
     * @param deleted all numbers that are missing in the stream, in order
     */
    static Gaps between(long first, long last, List<Long> deleted) {
        List<Range> ranges = new ArrayList<>();
        long events = 0;
        for (long number : deleted) {
            if (number < first || number > last) {
                continue;
            }
            events++;
            Range open = ranges.isEmpty() ? new Range(0, -1) : ranges.getLast();
            if (open.last() == number - 1) {
                ranges.set(ranges.size() - 1, new Range(open.first(), number));
            } else {
                ranges.add(new Range(number, number));
            }
        }
        return new Gaps(events, ranges.subList(0, Math.min(RANGES_MAX, ranges.size())));
    }
}
