package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.failed;
import static dev.treadle.trigger.nats.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code ordering: key}, against a real server. An event's data is {@code KEY-NUMBER}. */
class KeyOrderTest extends NodesOnNats {
    private final List<String> completed = new CopyOnWriteArrayList<>();

    @Test
    void keysRunSideBySideAndEachInOrderThroughFailures() throws Exception {
        CountDownLatch together = new CountDownLatch(4);
        TestNode node =
                node(
                        request -> {
                            if (text(request).endsWith("-0")) {
                                together.countDown();
                                await(together);
                            }
                            return failsNowAndThen(request);
                        });
        NatsTrigger trigger = leading(node);

        publish(List.of("a", "b", "c", "d"), 0, 25);

        Eventually.holds(() -> trigger.counts().handled() == 100);
        assertInOrder("a", "b", "c", "d");
        assertThat(node.insideMost.get()).isBetween(4, 8);
        assertThat(trigger.counts().redeliveries()).isPositive();
        assertNothingPending();
    }

    @Test
    void failingEventHoldsUpItsKeyAlone() throws Exception {
        CountDownLatch mended = new CountDownLatch(1);
        TestNode node =
                node(
                        request ->
                                text(request).equals("a-0") && mended.getCount() > 0
                                        ? TestNode.failed(false, Duration.ofMillis(50))
                                        : complete(request));
        NatsTriggerConfig patient = keyed(1_000);
        NatsTrigger trigger = node.start(patient);
        Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.RUNNING);

        publish(List.of("a", "b"), 0, 10);

        Eventually.holds(() -> trigger.counts().handled() == 10);
        assertThat(completed).allMatch(text -> text.startsWith("b-"));
        mended.countDown();
        Eventually.holds(() -> trigger.counts().handled() == 20);
        assertInOrder("a", "b");
    }

    @Test
    void deadLetterMakesWayForItsKey() throws Exception {
        TestNode node = node(request -> text(request).equals("a-0") ? failed() : complete(request));
        NatsTrigger trigger = leading(node);

        publish(List.of("a"), 0, 3);

        Eventually.holds(() -> trigger.counts().handled() == 2);
        assertThat(trigger.counts().deadLetters()).isEqualTo(1);
        assertThat(completed).containsExactly("a-1", "a-2");
        assertThat(node.requests)
                .extracting(request -> request.lineage().attempt())
                .containsExactly(1, 2, 3, 1, 1);
    }

    @Test
    void oneNodeOfTwoRunsTheEventsAndTheOtherTakesOverWhenItIsDrained() throws Exception {
        Semaphore allowed = new Semaphore(0);
        TestNode one =
                node(
                        request -> {
                            acquire(allowed);
                            return complete(request);
                        });
        NatsTrigger first = leading(one);
        TestNode two = node(this::complete);
        NatsTrigger second = two.start(keyed(3));
        Eventually.holds(() -> second.state().phase() == NatsTrigger.Phase.STANDBY);
        publish(List.of("a", "b"), 0, 20);
        Eventually.holds(() -> one.inside.get() == 2);

        Thread draining = Thread.startVirtualThread(() -> first.drain(Duration.ofSeconds(60)));
        Eventually.holds(() -> first.state().phase() == NatsTrigger.Phase.STOPPED);
        allowed.release(100);
        draining.join();

        Eventually.holds(() -> second.state().phase() == NatsTrigger.Phase.RUNNING);
        Eventually.holds(() -> completed.size() == 40);
        assertInOrder("a", "b");
        assertThat(completed).doesNotHaveDuplicates();
        assertThat(two.requests).extracting(request -> request.lineage().attempt()).containsOnly(1);
        assertNothingPending();
    }

    @Test
    void orderHoldsWhenTheLeaderIsKilled() throws Exception {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        TestNode one =
                node(
                        request -> {
                            if (running.incrementAndGet() > 15) {
                                await(never);
                                return done();
                            }
                            return complete(request);
                        });
        leading(one);
        TestNode two = node(this::failsNowAndThen);
        NatsTrigger second = two.start(keyed(3));
        publish(List.of("a", "b", "c"), 0, 20);
        Eventually.holds(() -> one.inside.get() == 3 && completed.size() == 15);

        one.kill();
        publish(List.of("a", "b", "c"), 20, 40);

        Eventually.holds(() -> second.state().phase() == NatsTrigger.Phase.RUNNING);
        Eventually.holds(() -> new LinkedHashSet<>(completed).size() == 120);
        assertInOrder("a", "b", "c");
        never.countDown();
    }

    @Test
    void orderHoldsThroughRestartsOfTheServer() throws Exception {
        TestNode one = node(this::failsNowAndThen);
        TestNode two = node(this::failsNowAndThen);
        leading(one);
        two.start(keyed(3));
        publish(List.of("a", "b", "c"), 0, 30);
        Eventually.holds(() -> completed.size() > 20);

        server.killAndRestart();
        Eventually.holds(() -> outside.getStatus() == Connection.Status.CONNECTED);
        publish(List.of("a", "b", "c"), 30, 60);

        Eventually.holds(() -> new LinkedHashSet<>(completed).size() == 180);
        assertInOrder("a", "b", "c");
    }

    @Test
    void pausedLeaderLeavesItsEventsInPlace() throws Exception {
        Semaphore allowed = new Semaphore(0);
        TestNode node =
                node(
                        request -> {
                            acquire(allowed);
                            return complete(request);
                        });
        NatsTrigger trigger = leading(node);
        publish(List.of("a"), 0, 10);
        Eventually.holds(() -> node.inside.get() == 1);

        trigger.pause("for now");
        Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.PAUSED);
        allowed.release(100);
        Eventually.holds(() -> trigger.inFlight() == 0);
        assertThat(completed).hasSizeLessThan(10);
        trigger.resume();

        Eventually.holds(() -> completed.size() == 10);
        assertInOrder("a");
        assertThat(completed).doesNotHaveDuplicates();
    }

    private Outcome failsNowAndThen(InvocationRequest request) {
        boolean first = request.lineage().attempt() == 1;
        return first && text(request).endsWith("3") ? failed() : complete(request);
    }

    private Outcome complete(InvocationRequest request) {
        completed.add(text(request));
        return done();
    }

    /** A repetition is allowed where a node died before its answer; going back is not. */
    private void assertInOrder(String... keys) {
        for (String key : keys) {
            List<Integer> numbers =
                    new LinkedHashSet<>(completed)
                            .stream()
                                    .filter(text -> text.startsWith(key + "-"))
                                    .map(text -> Integer.parseInt(text.substring(2)))
                                    .toList();
            assertThat(numbers).as(key).isSorted();
        }
    }

    private void assertNothingPending() {
        Eventually.holds(
                () -> {
                    try {
                        var info =
                                outside.jetStreamManagement()
                                        .getConsumerInfo("S", keyed(3).durable());
                        return info.getNumAckPending() == 0 && info.getNumPending() == 0;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static NatsTrigger leading(TestNode node) {
        return running(node, keyed(3));
    }

    private static NatsTriggerConfig keyed(int attempts) {
        return ConfigChange.of(CONFIG)
                .order(new EventOrder.Key(new EventKey.Token(2)))
                .attempts(attempts)
                .done();
    }

    private void publish(List<String> keys, int from, int to) {
        for (int i = from; i < to; i++) {
            for (String key : keys) {
                String text = key + "-" + i;
                // The server may be just coming back; the id has it stored once.
                Map<String, String> id = Map.of("Nats-Msg-Id", text);
                Eventually.holds(() -> isStored("s." + key, text, id));
            }
        }
    }
}
