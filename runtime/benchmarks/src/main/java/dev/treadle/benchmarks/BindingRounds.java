package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.KvLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Rounds of bindings and of their providers' own clients in turns. For one thread. */
final class BindingRounds {
    private static final String GOAL = "≥ 0.95";

    private final Duration each;
    private final int count;
    private final List<Row> rows = new ArrayList<>();

    BindingRounds(Lab lab) {
        this.each = Duration.ofMillis(lab.count(1_000, 500));
        this.count = lab.count(7, 5);
    }

    /**
     * Measures both by the same callers, who hand over the number of their call. They go first in
     * turns, so that a server which is still getting faster favours neither.
     */
    void compare(String what, LongConsumer ours, LongConsumer control) throws InterruptedException {
        KvLab.rate(ours, each);
        KvLab.rate(control, each);
        Rounds our = new Rounds();
        Rounds other = new Rounds();
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                our.add(KvLab.rate(ours, each));
                other.add(KvLab.rate(control, each));
            } else {
                other.add(KvLab.rate(control, each));
                our.add(KvLab.rate(ours, each));
            }
        }
        rows.add(Row.rates(what, our, other, GOAL));
    }

    /** Refuses figures of reads that find nothing. */
    static void requireFound(Optional<?> read) {
        if (read.isEmpty()) {
            throw new IllegalStateException("what was put is not found");
        }
    }

    /** What was measured, in order. */
    List<Row> rows() {
        return rows;
    }
}
