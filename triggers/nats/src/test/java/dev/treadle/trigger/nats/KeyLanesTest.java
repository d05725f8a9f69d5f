package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KeyLanesTest {
    private final KeyLanes lanes = new KeyLanes(2);

    @Test
    void keyHasOneEventRunningAtATime() {
        add("a", 1);
        add("a", 2);

        KeyLanes.Turn first = lanes.next().orElseThrow();
        assertThat(lanes.next()).isEmpty();
        lanes.ended(first);

        assertThat(sequence(lanes.next())).isEqualTo(2);
    }

    @Test
    void keysRunSideBySideUpToTheLimitAndTakeTurns() {
        add("a", 1);
        add("a", 2);
        add("b", 3);
        add("c", 4);

        KeyLanes.Turn a = lanes.next().orElseThrow();
        KeyLanes.Turn b = lanes.next().orElseThrow();
        assertThat(List.of(a.delivery().sequence(), b.delivery().sequence()))
                .containsExactly(1L, 3L);
        assertThat(lanes.next()).isEmpty();
        lanes.ended(a);

        assertThat(sequence(lanes.next())).isEqualTo(4);
        lanes.ended(b);
        assertThat(sequence(lanes.next())).isEqualTo(2);
    }

    @Test
    void restingEventHoldsItsKeyOnly() {
        add("a", 1);
        add("a", 2);
        add("b", 3);

        KeyLanes.Turn a = lanes.next().orElseThrow();
        lanes.rest(a, null);

        assertThat(sequence(lanes.next())).isEqualTo(3);
        assertThat(lanes.next()).isEmpty();
        lanes.rested(a);
        assertThat(sequence(lanes.next())).isEqualTo(1);
    }

    @Test
    void eventThatIsThereIsNotTakenTwice() {
        add("a", 1);

        assertThat(lanes.add("a", new StoredDelivery(1))).isFalse();
        lanes.ended(lanes.next().orElseThrow());
        assertThat(lanes.add("a", new StoredDelivery(1))).isTrue();
    }

    @Test
    void eventsThatComeInAnotherOrderRunInTheStreams() {
        add("a", 3);
        add("a", 1);
        KeyLanes.Turn first = lanes.next().orElseThrow();
        add("a", 2);
        lanes.ended(first);

        assertThat(first.delivery().sequence()).isEqualTo(1);
        KeyLanes.Turn second = lanes.next().orElseThrow();
        assertThat(second.delivery().sequence()).isEqualTo(2);
        lanes.ended(second);
        assertThat(sequence(lanes.next())).isEqualTo(3);
    }

    @Test
    void eventThatHasBegunKeepsItsPlace() {
        add("a", 2);
        lanes.rest(lanes.next().orElseThrow(), ended(2));
        add("a", 1);

        assertThat(lanes.next()).isEmpty();
    }

    private static EventRun.Step ended(long sequence) {
        return new EventRun.Attempt(
                new StoredDelivery(sequence), 1, OptionalInt.empty(), Optional.empty());
    }

    @Test
    void clearedLanesGiveOutInTheStreamsOrderAndKeepWhatRuns() {
        add("b", 1);
        add("a", 2);
        add("b", 3);
        add("a", 4);
        KeyLanes.Turn running = lanes.next().orElseThrow();
        KeyLanes.Turn resting = lanes.next().orElseThrow();
        lanes.rest(resting, null);
        lanes.stop();

        assertThat(lanes.clear()).extracting(Delivery::sequence).containsExactly(2L, 3L, 4L);
        lanes.rested(resting);
        lanes.open();
        add("b", 3);
        assertThat(lanes.next()).as("another of the key still runs").isEmpty();
        lanes.ended(running);
        assertThat(sequence(lanes.next())).isEqualTo(3);
        assertThat(lanes.awaitQuiet(0)).isFalse();
    }

    @Test
    void stoppedLanesBeginNothing() {
        add("a", 1);
        lanes.stop();

        assertThat(lanes.next()).isEmpty();
        assertThat(lanes.awaitQuiet(0)).isTrue();
        lanes.open();
        assertThat(sequence(lanes.next())).isEqualTo(1);
    }

    private void add(String key, long sequence) {
        assertThat(lanes.add(key, new StoredDelivery(sequence))).isTrue();
    }

    private static long sequence(Optional<KeyLanes.Turn> turn) {
        return turn.orElseThrow().delivery().sequence();
    }
}
