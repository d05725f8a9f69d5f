package dev.treadle.samples.csvstats;

import java.util.DoubleSummaryStatistics;

/** The answer for one group. */
record GroupStats(String group, long count, double sum, double min, double max, double mean) {
    static GroupStats of(String group, DoubleSummaryStatistics numbers) {
        return new GroupStats(
                group,
                numbers.getCount(),
                numbers.getSum(),
                numbers.getMin(),
                numbers.getMax(),
                numbers.getAverage());
    }
}
