package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.KvLab;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Rounds of a binding and of its provider's own client in turns. */
final class BindingRounds {
    private static final String GOAL = "≥ 0.95";

    private BindingRounds() {}

    static Row compare(Lab lab, String what, LongConsumer ours, LongConsumer control)
            throws InterruptedException {
        Duration each = Duration.ofMillis(lab.count(1_000, 500));
        KvLab.rate(ours, each);
        KvLab.rate(control, each);
        Rounds our = new Rounds();
        Rounds other = new Rounds();
        for (int i = lab.count(7, 5); i > 0; i--) {
            our.add(KvLab.rate(ours, each));
            other.add(KvLab.rate(control, each));
        }
        return Row.rates(what, our, other, GOAL);
    }
}
