package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is asked for and taken in, without a server and without a thread. */
@Tag("no-server")
class IntakeTest {
    private static final int PERMITS = 8;

    private final List<Delivery> taken = new ArrayList<>();
    private final List<Integer> asked = new ArrayList<>();
    private final Asked subscription = new Asked(asked);
    private final Kept kept = new Kept();
    private final Intake intake = intake();

    private Intake intake() {
        NatsTriggerConfig config =
                ConfigChange.of(TestNode.config("f")).concurrency(PERMITS).done();
        return new Intake(config, kept, new EventCounts(), Threads.VIRTUAL, () -> {});
    }

    @BeforeEach
    void open() {
        intake.open(subscription);
    }

    @Test
    void eventThatComesAgainWhileItRunsIsPassedOver() {
        intake.event(subscription, new StoredDelivery(1));
        intake.event(subscription, new StoredDelivery(1));

        assertThat(taken).hasSize(1);
        assertThat(intake.inFlight()).isEqualTo(1);
    }

    @Test
    void eventThatComesAgainAfterItsAnswerIsTakenThoughItsRunHasNotLeftYet() {
        Delivery first = new StoredDelivery(1);
        Delivery second = new StoredDelivery(1);
        intake.event(subscription, first);
        first.nak(Duration.ofMillis(1));
        intake.event(subscription, second);
        leave(first);
        intake.event(subscription, new StoredDelivery(1));

        assertThat(taken).containsExactly(first, second);
        assertThat(intake.inFlight()).isEqualTo(1);
    }

    @Test
    void freePermitsAreAskedForWhenAllThatWasAskedForHasCome() {
        for (int i = 1; i <= PERMITS; i++) {
            intake.event(subscription, new StoredDelivery(i));
        }
        assertThat(asked).containsExactly(PERMITS);
        taken.subList(0, 5).forEach(this::leave);
        assertThat(asked).containsExactly(PERMITS, 1, 4);

        for (int i = 1; i <= 5; i++) {
            intake.event(subscription, new StoredDelivery(PERMITS + i));
        }
        leave(taken.get(5));

        assertThat(asked).containsExactly(PERMITS, 1, 4, 1);
    }

    @Test
    void permitsThatCameFreeMeanwhileDoNotWaitForTheNextEventToEnd() {
        for (int i = 1; i <= PERMITS; i++) {
            intake.event(subscription, new StoredDelivery(i));
        }
        taken.subList(0, 4).forEach(this::leave);
        assertThat(asked).containsExactly(PERMITS, 1);

        intake.event(subscription, new StoredDelivery(PERMITS + 1));

        assertThat(asked).containsExactly(PERMITS, 1, 3);
    }

    private void leave(Delivery delivery) {
        Objects.requireNonNull(kept.heard).left(delivery);
    }

    /** Writes down what is asked for. */
    private record Asked(List<Integer> counts) implements Subscription {
        @Override
        public void ask(int count) {
            counts.add(count);
        }

        @Override
        public boolean isSilent() {
            return false;
        }

        @Override
        public void expectHeartbeats() {
            // it never falls silent
        }

        @Override
        public boolean drain(Duration patience) {
            return true;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /** Keeps what it is to run. */
    private final class Kept implements DeliveryRun, Runner {
        private Runner.@Nullable Left heard;

        @Override
        public boolean isFiltered(Delivery delivery) {
            return false;
        }

        @Override
        public void run(Delivery delivery) {
            throw new AssertionError("nothing runs");
        }

        @Override
        public void handBack(Delivery delivery) {
            delivery.handBack();
        }

        @Override
        public Runner runner(Threads threads, Left left) {
            heard = left;
            return this;
        }

        @Override
        public void take(Delivery delivery) {
            taken.add(delivery);
        }

        @Override
        public void hold() {
            // nothing runs
        }

        @Override
        public void go() {
            // nothing was held
        }

        @Override
        public void abandon() {
            // nothing is another node's
        }

        @Override
        public boolean drain(Duration patience) {
            return true;
        }
    }
}
