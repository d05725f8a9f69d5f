package dev.treadle.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class TurnstileTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void letsInAsManyAsThereArePlacesWhicheverThreadsTakeAndGive() throws Exception {
        Turnstile turnstile = new Turnstile(5, 1_000);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Boolean>> all = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                all.add(callers.submit(() -> passOften(turnstile, inside, most)));
            }
        }
        for (Future<Boolean> each : all) {
            assertThat(each.get()).isTrue();
        }
        assertThat(most.get()).isBetween(1, 5);
        assertThat(turnstile.inside()).isZero();
        assertThat(turnstile.close(Duration.ZERO)).isTrue();
    }

    private static boolean passOften(Turnstile turnstile, AtomicInteger inside, AtomicInteger most)
            throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (!turnstile.enterNow() && !turnstile.awaitPlace(LONG)) {
                return false;
            }
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1); // others come meanwhile
            inside.decrementAndGet();
            turnstile.leave();
        }
        return true;
    }

    @Test
    void letsAnotherInWhenOneLeaves() throws Exception {
        Turnstile turnstile = new Turnstile(1, 1);
        assertThat(turnstile.enterNow()).isTrue();
        assertThat(turnstile.enterNow()).isFalse();
        assertThat(turnstile.awaitPlace(Duration.ZERO)).isFalse();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> next = callers.submit(() -> turnstile.awaitPlace(LONG));
            Eventually.holds(() -> turnstile.waiting() == 1);
            assertThat(turnstile.awaitPlace(LONG)).as("one more may not wait").isFalse();
            turnstile.leave();
            assertThat(next.get()).isTrue();
        }
        assertThat(turnstile.waiting()).isZero();
        assertThat(turnstile.inside()).isOne();
    }

    @Test
    void whoLeavesAndComesAgainDoesNotOvertakeWhoWaits() throws Exception {
        Turnstile turnstile = new Turnstile(1, 10);
        assertThat(turnstile.enterNow()).isTrue();
        AtomicReference<Thread> waits = new AtomicReference<>();
        ThreadFactory factory =
                work -> {
                    waits.set(new Thread(work));
                    return waits.get();
                };
        try (ExecutorService callers = Executors.newThreadPerTaskExecutor(factory)) {
            Future<Boolean> patient = callers.submit(() -> turnstile.awaitPlace(LONG));
            Eventually.holds(() -> turnstile.waiting() == 1);
            Eventually.holds(() -> waits.get().getState() == Thread.State.TIMED_WAITING);
            turnstile.leave();
            assertThat(turnstile.awaitPlace(Duration.ofMillis(20))).isFalse();
            assertThat(patient.get()).isTrue();
        }
    }

    @Test
    void closesWhenAllHaveLeftAndStaysOpenOtherwise() throws Exception {
        Turnstile turnstile = new Turnstile(3, 1);
        assertThat(turnstile.enterNow()).isTrue();
        assertThat(turnstile.close(Duration.ZERO)).isFalse();
        assertThat(turnstile.inside()).isOne();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> closed = callers.submit(() -> turnstile.close(LONG));
            Eventually.holds(() -> turnstile.inside() == 3);
            turnstile.leave();
            assertThat(closed.get()).isTrue();
        }
        assertThat(turnstile.enterNow()).isFalse();
    }
}
