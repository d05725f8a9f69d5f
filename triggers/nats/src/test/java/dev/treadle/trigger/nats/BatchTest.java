package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** {@code batch}, against a real server. */
class BatchTest extends NodesOnNats {
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();

    @Test
    void fullBatchesRunWithoutWaiting() throws Exception {
        NatsTrigger trigger = running(this::take, batch(10, Duration.ofHours(1)), 2);

        publish(0, 40);

        Eventually.holds(() -> trigger.counts().handled() == 40);
        assertThat(batches).hasSize(4).allMatch(batch -> batch.size() == 10);
        assertThat(batches.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(40);
    }

    @Test
    void incompleteBatchRunsWhenItsTimeIsUp() throws Exception {
        NatsTrigger trigger = running(this::take, batch(1_000, Duration.ofMillis(50)), 2);

        publish(0, 3);

        Eventually.holds(() -> trigger.counts().handled() == 3);
        assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void failedOnesOfABatchRunAgainAloneAndTheOthersAreDoneWith() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        NatsTrigger trigger =
                running(
                        request -> {
                            List<String> texts = texts(request);
                            if (!mended.getAndSet(true)) {
                                request.input().failed(texts.indexOf("1"), failure(false));
                                request.input().failed(texts.indexOf("3"), failure(true));
                            }
                            return done();
                        },
                        batch(5, Duration.ofHours(1)),
                        1);

        publish(0, 5);

        Eventually.holds(() -> trigger.counts().handled() == 4);
        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(batches).containsExactly(List.of("0", "1", "2", "3", "4"), List.of("1"));
        assertThat(trigger.counts().redeliveries()).isEqualTo(1);
    }

    @Test
    void oneBadEventDoesNotTakeTheOthersOfItsBatchWithIt() throws Exception {
        NatsTrigger trigger =
                running(
                        request -> texts(request).contains("2") ? failed() : done(),
                        batch(5, Duration.ofHours(1)),
                        1);

        publish(0, 5);

        Eventually.holds(() -> trigger.counts().handled() == 4);
        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(batches.getFirst()).hasSize(5);
        assertThat(batches.subList(1, batches.size())).allMatch(batch -> batch.size() == 1);
        assertThat(batches).filteredOn(List.of("2")::equals).hasSize(2);
    }

    @Test
    void eventThatCannotBeReadIsADeadLetterAndLeftOut() throws Exception {
        NatsTrigger trigger = running(this::take, batch(3, Duration.ofHours(1)), 1);

        publish(0, 1);
        publish("s.a", "no CloudEvent", Map.of("ce-specversion", "1.0"));
        publish(1, 2);

        Eventually.holds(() -> trigger.counts().handled() == 2);
        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(batches).containsExactly(List.of("0", "1"));
    }

    @Test
    void refusedBatchIsNoAttempt() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        NatsTrigger trigger =
                running(
                        request -> {
                            var _ = texts(request);
                            return refused.getAndSet(true) ? done() : TestNode.refused();
                        },
                        batch(4, Duration.ofHours(1)),
                        1);

        publish(0, 4);

        Eventually.holds(() -> trigger.counts().handled() == 4);
        assertThat(trigger.counts().refusals()).isEqualTo(4);
        assertThat(nodes.getFirst().requests)
                .extracting(request -> request.lineage().attempt())
                .containsOnly(1);
    }

    @Test
    void drainGivesBackWhatWasGathered() throws Exception {
        Semaphore go = new Semaphore(0);
        NatsTrigger first =
                running(
                        request -> {
                            var _ = texts(request);
                            acquire(go);
                            return done();
                        },
                        batch(2, Duration.ofHours(1)),
                        1);
        publish(0, 3);
        Eventually.holds(() -> nodes.getFirst().inside.get() == 1);

        Thread draining = Thread.startVirtualThread(() -> first.drain(Duration.ofSeconds(60)));
        Eventually.holds(() -> first.state().phase() == NatsTrigger.Phase.STOPPED);
        go.release();
        draining.join();
        NatsTrigger second = running(this::take, batch(1, Duration.ZERO), 1);

        Eventually.holds(() -> second.counts().handled() == 1);
        assertThat(batches).containsExactly(List.of("0", "1"), List.of("2"));
        assertThat(nodes.getLast().requests.getFirst().lineage().attempt()).isEqualTo(1);
    }

    private Outcome take(InvocationRequest request) {
        assertThat(texts(request)).isNotEmpty();
        return done();
    }

    private List<String> texts(InvocationRequest request) {
        List<String> texts =
                request.input().asEvents(NoJson.INSTANCE, 1 << 20).stream()
                        .map(Event::text)
                        .toList();
        batches.add(texts);
        return texts;
    }

    private static Outcome.Failed failure(boolean permanent) {
        return (Outcome.Failed) TestNode.failed(permanent, Duration.ZERO);
    }

    private static BatchRule batch(int size, Duration wait) {
        return new BatchRule(size, wait);
    }

    private NatsTrigger running(
            Function<InvocationRequest, Outcome> function, BatchRule rule, int concurrency)
            throws Exception {
        return running(
                node(function),
                ConfigChange.of(CONFIG).batch(rule).concurrency(concurrency).done());
    }

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            publish("s.a", "" + i);
        }
    }
}
