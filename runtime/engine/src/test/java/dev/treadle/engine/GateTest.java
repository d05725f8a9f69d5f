package dev.treadle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GateTest {
    @Test
    void neverMoreInsideThanAllowedAndNobodyIsForgotten() throws Exception {
        Gate gate = new Gate(3, 10_000);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Gate.Entry>> entries = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                entries.add(
                        threads.submit(
                                () -> {
                                    Gate.Entry entry = gate.enter(in(30));
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    LockSupport.parkNanos(1_000);
                                    inside.decrementAndGet();
                                    gate.leave();
                                    return entry;
                                }));
            }
            for (Future<Gate.Entry> entry : entries) {
                assertThat(entry.get()).isEqualTo(Gate.Entry.IN);
            }
        }
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(gate.inside()).isZero();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void fullQueueSendsAwayAtOnce() {
        Gate gate = new Gate(1, 0);
        gate.enter(in(30));

        assertThat(gate.enter(in(30))).isEqualTo(Gate.Entry.FULL);
    }

    @Test
    void waitEndsAtTheDeadline() {
        Gate gate = new Gate(1, 1);
        gate.enter(in(30));

        assertThat(gate.enter(System.nanoTime() + 1_000_000)).isEqualTo(Gate.Entry.LATE);
        assertThat(gate.waiting()).isZero();
    }

    @RepeatedTest(50)
    void closingTellsExactlyOneThatTheLastHasLeft() throws Exception {
        Gate gate = new Gate(2, 10);
        AtomicInteger told = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                threads.execute(
                        () -> {
                            if (gate.enter(in(30)) == Gate.Entry.IN && gate.leave()) {
                                told.incrementAndGet();
                            }
                        });
            }
            threads.execute(
                    () -> {
                        if (gate.close()) {
                            told.incrementAndGet();
                        }
                    });
        }

        assertThat(told.get()).isEqualTo(1);
        assertThat(gate.enter(in(30))).isEqualTo(Gate.Entry.CLOSED);
    }

    private static long in(int seconds) {
        return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }
}
