package dev.treadle.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a load run saw.
 *
 * @param seconds how long it lasted
 * @param nanos the latencies, in nanoseconds
 * @param errors answers other than 200
 */
public record LoadResult(double seconds, Histogram nanos, long errors) {
    public double perSecond() {
        return nanos.getTotalCount() / seconds;
    }

    /** A percentile in microseconds. */
    public double micros(double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1000.0;
    }
}
