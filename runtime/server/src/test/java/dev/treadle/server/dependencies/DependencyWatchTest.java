package dev.treadle.server.dependencies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.Requirement;
import dev.treadle.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each look ends as the test says, and time passes from one to the next only. */
class DependencyWatchTest {
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
    private static final Requirement DATABASE =
            new Requirement(
                    new Requirement.Target.Tcp("db", 5432),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    3);

    private final BlockingQueue<Optional<String>> looks = new LinkedBlockingQueue<>();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile Instant now = START;
    private DependencyWatch watch = watch(DATABASE, this::look);

    private DependencyWatch watch(Requirement requirement, Look look) {
        return new DependencyWatch(
                requirement,
                look,
                _ -> changes.incrementAndGet(),
                () -> now,
                new SplittableRandom(7),
                this::sleep);
    }

    private void look(Duration timeout) throws IOException, InterruptedException {
        Optional<String> failure = looks.take();
        if (failure.isPresent()) {
            throw new IOException(failure.get());
        }
    }

    private void sleep(Duration pause) throws InterruptedException {
        pauses.add(pause);
        now = now.plus(Duration.ofSeconds(10));
        ended.incrementAndGet();
        LockSupport.parkNanos(1_000); // others need a processor, too
        if (Thread.interrupted()) {
            throw new InterruptedException(); // as a real sleep: else it would go on for ever
        }
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private void succeed() {
        end(Optional.empty());
    }

    private void fail(String reason) {
        end(Optional.of(reason));
    }

    private void end(Optional<String> failure) {
        int before = ended.get();
        looks.add(failure);
        Eventually.holds(() -> ended.get() > before);
    }

    @Test
    void itIsDownAfterAsManyFailuresInARowAndUpAtTheFirstSuccess() {
        watch.start();
        assertThat(watch.state()).isEqualTo(new DependencyState.Unknown(START));

        succeed();
        assertThat(watch.state()).isEqualTo(new DependencyState.Up(START));
        fail("one");
        fail("two");
        succeed();
        fail("three");
        fail("four");
        assertThat(watch.state()).isEqualTo(new DependencyState.Up(START));
        fail("five");

        assertThat(watch.state())
                .isEqualTo(new DependencyState.Down(START.plusSeconds(40), "five"));
        succeed();
        assertThat(watch.state()).isEqualTo(new DependencyState.Up(START.plusSeconds(70)));
        assertThat(changes).hasValue(3);
    }

    @Test
    void whatHasNeverAnsweredIsUnknownAndThenDown() {
        watch.start();

        fail("one");
        fail("two");
        assertThat(watch.state()).isInstanceOf(DependencyState.Unknown.class);
        fail("three");

        assertThat(watch.state()).isEqualTo(new DependencyState.Down(START, "three"));
    }

    @Test
    void pausesDifferByATenthAtMost() {
        watch.start();
        for (int i = 0; i < 20; i++) {
            succeed();
        }

        assertThat(pauses)
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(9)) >= 0)
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(11)) <= 0)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLookThatHangsCountsAsFailedAndNoOtherBeginsMeanwhile() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Requirement impatient =
                new Requirement(DATABASE.target(), DATABASE.interval(), Duration.ofMillis(10), 3);
        watch =
                watch(
                        impatient,
                        _ -> {
                            begun.incrementAndGet();
                            awaitInSpiteOfInterrupts(never);
                        });

        watch.start();

        Eventually.holds(() -> begun.get() > 0);
        Eventually.holds(() -> watch.state() instanceof DependencyState.Down);
        assertThat(begun).hasValue(1);
        assertThat(((DependencyState.Down) watch.state()).reason())
                .isEqualTo("the look before this one hangs");
        never.countDown();
    }

    private static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // As a look at a name does that is being resolved.
            }
        }
    }
}
