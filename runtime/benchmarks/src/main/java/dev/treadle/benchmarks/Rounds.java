package dev.treadle.benchmarks;

import java.util.Arrays;

/** One value per round. For one thread. */
final class Rounds {
    private double[] values = {};

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    double median() {
        return percentile(50);
    }

    double best() {
        return percentile(0);
    }

    /** The value below which so many of a hundred lie. */
    double percentile(double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (percent == 50 && sorted.length % 2 == 0) {
            return (sorted[middle - 1] + sorted[middle]) / 2;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.clamp(rank, 0, sorted.length - 1)];
    }

    /**
     * The median of the rounds' ratios: neighbours in time saw the same noise, so this varies less
     * than the ratio of the medians.
     */
    double medianRatioTo(Rounds control) {
        return paired(control, true).median();
    }

    /** The median of the rounds' differences. */
    double medianAbove(Rounds control) {
        return paired(control, false).median();
    }

    private Rounds paired(Rounds control, boolean ratio) {
        Rounds pairs = new Rounds();
        for (int i = 0; i < values.length; i++) {
            double other = control.values[i];
            pairs.add(ratio ? values[i] / other : values[i] - other);
        }
        return pairs;
    }
}
