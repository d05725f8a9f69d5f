package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.failed;
import static dev.treadle.trigger.nats.TestNode.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Event;
import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every way of having events run promises of each of them, against a real server: whatever the
 * order, alone or in batches. Each way extends this with its own settings.
 */
abstract class DeliveryContract extends NodesOnNats {
    /** The way's own settings, otherwise those of {@link NodesOnNats#CONFIG}. */
    abstract NatsTriggerConfig way();

    private NatsTrigger running(TestNode node) {
        return running(node, way());
    }

    @Test
    void eventRunsOnceAndIsDoneWith() throws Exception {
        TestNode node = node(_ -> done());
        NatsTrigger trigger = running(node);

        publish("s.a", "one");

        Eventually.holds(() -> trigger.counts().handled() == 1);
        assertNothingPending();
        assertThat(node.requests).hasSize(1);
        InvocationRequest request = node.requests.getFirst();
        assertThat(texts(request)).containsExactly("one");
        assertThat(request.lineage().attempt()).isEqualTo(1);
        assertThat(request.trigger()).isEqualTo("nats");
        assertThat(request.lineage().origin()).startsWith("S:1:");
    }

    @Test
    void usedUpAttemptsLeaveADeadLetterThatWasStoredBeforeTheTerm() throws Exception {
        AtomicBoolean stored = new AtomicBoolean();
        onAnswer("+TERM", _ -> stored.set(letters("f").size() == 1));
        TestNode node = node(_ -> failed());
        NatsTrigger trigger = running(node);

        publish("s.a", "bad");

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        Eventually.holds(stored::get);
        assertThat(attempts(node)).containsExactly(1, 2, 3);
        assertThat(node.requests)
                .extracting(request -> request.lineage().origin())
                .containsOnly(node.requests.getFirst().lineage().origin());
        DeadLetter letter = letters("f").getFirst();
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.EXHAUSTED);
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.release()).isEqualTo(1);
        assertThat(letter.cause().orElseThrow().message()).isEqualTo("broken");
        assertThat(letter.subject()).isEqualTo("s.a");
        assertThat(letter.stream()).isEqualTo("S");
        assertThat(letter.sequence()).isEqualTo(1);
        assertThat(body(letter.data())).isEqualTo("bad");
        assertNothingPending();
    }

    @Test
    void permanentFailureIsADeadLetterAtOnce() throws Exception {
        TestNode node = node(_ -> failed(true, Duration.ZERO));
        NatsTrigger trigger = running(node);

        publish("s.a", "bad");

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(node.requests).hasSize(1);
        assertThat(letters("f").getFirst().reason()).isEqualTo(DeadLetter.Reason.PERMANENT);
        assertNothingPending();
    }

    @Test
    void payloadThatCannotBeDecodedIsADeadLetterAtOnce() throws Exception {
        NatsTrigger trigger = running(node(this::read));

        publish("s.a", "{", Map.of("content-type", "application/cloudevents+json"));

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        DeadLetter letter = letters("f").getFirst();
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNDECODABLE);
        assertThat(letter.message()).startsWith("the CloudEvent is not JSON");
        assertThat(body(letter.data())).isEqualTo("{");
        assertThat(letter.headers()).containsKey("content-type");
        assertNothingPending();
    }

    @Test
    void eventOlderThanItsMaxAgeIsADeadLetterWithoutARun() throws Exception {
        stream();
        publish("s.a", "old");
        TestNode node = node(_ -> done());

        NatsTrigger trigger =
                running(node, ConfigChange.of(way()).maxAge(Duration.ofNanos(1)).done());

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(node.requests).isEmpty();
        assertThat(letters("f").getFirst().reason()).isEqualTo(DeadLetter.Reason.EXPIRED);
        assertNothingPending();
    }

    @Test
    void refusedDeliveriesAreNoAttempts() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TestNode node = node(_ -> calls.incrementAndGet() <= 5 ? refused() : failed());
        NatsTrigger trigger = running(node);

        publish("s.a", "x");

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(attempts(node)).containsExactly(1, 1, 1, 1, 1, 1, 2, 3);
        assertThat(trigger.counts().refusals()).isEqualTo(5);
    }

    @Test
    @Tag("since-2.10") // before, a redelivery that no node asks for may be taken for a first one
    void releaseOfTheFirstAttemptStaysWithTheEventOnEveryNode() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Function<InvocationRequest, Outcome> twice =
                _ -> calls.incrementAndGet() < 3 ? failed() : done();
        TestNode one = node(twice);
        one.liveRelease = 7;
        NatsTrigger first = running(one);
        publish("s.a", "x");
        Eventually.holds(() -> !one.requests.isEmpty());
        first.drain(Duration.ofSeconds(60));
        TestNode other = node(twice);
        other.liveRelease = 8;

        running(other);

        Eventually.holds(() -> calls.get() == 3);
        for (TestNode node : nodes) {
            assertThat(node.requests)
                    .allSatisfy(request -> assertThat(request.lineage().release()).hasValue(7));
        }
    }

    @Test
    void releaseOfTheFirstAttemptStaysWhenItsNodeDiedAndTheAliasMovedMeanwhile() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestNode one = node(waitsFor(never));
        one.liveRelease = 7;
        running(one);
        publish("s.a", "x");
        Eventually.holds(() -> !one.requests.isEmpty());
        one.kill();
        TestNode other = node(this::read);
        other.liveRelease = 8;
        NatsTrigger second = other.made(way());

        second.aliasMoved("v7");
        second.start();
        publish("s.a", "y");

        Eventually.holds(() -> second.counts().handled() == 2);
        for (InvocationRequest request : other.requests) {
            assertThat(request.lineage().release()).hasValue(texts(request).contains("x") ? 7 : 8);
        }
        never.countDown();
    }

    @Test
    void handlerSlowerThanAckWaitIsNotRunTwice() throws Exception {
        AtomicInteger pulses = new AtomicInteger();
        onAnswer("+WPI", _ -> pulses.incrementAndGet());
        CountDownLatch go = new CountDownLatch(1);
        TestNode node = node(waitsFor(go));
        NatsTrigger trigger = running(node);
        long began = System.nanoTime();

        publish("s.a", "slow");
        Eventually.holds(
                () ->
                        pulses.get() >= 3
                                && System.nanoTime() - began
                                        > TestNode.ACK_WAIT.multipliedBy(3).dividedBy(2).toNanos());
        go.countDown();

        Eventually.holds(() -> trigger.counts().handled() == 1);
        assertThat(node.requests).hasSize(1);
        assertThat(info().getRedelivered()).isZero();
    }

    @Test
    void eventOfADeadNodeRunsOnAnother() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestNode one = node(waitsFor(never));
        running(one);
        publish("s.a", "x");
        Eventually.holds(() -> one.inside.get() == 1);

        one.kill();
        TestNode other = node(_ -> done());
        NatsTrigger trigger = running(other);

        Eventually.holds(() -> trigger.counts().handled() == 1);
        assertThat(attempts(other)).containsExactly(2);
        never.countDown();
    }

    @Test
    void drainEndsWhatRunsAndLeavesTheRestToOthers() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TestNode one = node(waitsFor(go));
        NatsTrigger draining = running(one);
        for (int i = 0; i < 20; i++) {
            publish("s." + i, "" + i);
        }
        Eventually.holds(() -> one.inside.get() > 0);
        AtomicBoolean drained = new AtomicBoolean();
        Thread stopping =
                Thread.startVirtualThread(
                        () -> drained.set(draining.drain(Duration.ofSeconds(60))));
        Eventually.holds(() -> draining.state().phase() == NatsTrigger.Phase.STOPPED);
        go.countDown();
        stopping.join();
        assertThat(drained).isTrue();
        long ended = draining.counts().handled();

        TestNode other = node(_ -> done());
        NatsTrigger trigger = running(other);

        Eventually.holds(() -> trigger.counts().handled() == 20 - ended);
        assertNothingPending();
        assertThat(attempts(other)).containsOnly(1);
    }

    @Test
    void pausedTriggerTakesNothingInUntilItIsResumed() throws Exception {
        TestNode node = node(_ -> done());
        NatsTrigger trigger = running(node);

        trigger.pause("the database is down");
        Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.PAUSED);
        publish("s.a", "x");
        assertThat(trigger.state().reason()).isEqualTo("the database is down");
        Eventually.holds(
                () -> trigger.backlog().map(NatsTrigger.Backlog::lag).equals(Optional.of(1L)));
        assertThat(node.requests).isEmpty();
        trigger.resume();

        Eventually.holds(() -> trigger.counts().handled() == 1);
    }

    @Test
    void triggerThatIsPausedFromTheStartHasItsEventsKept() throws Exception {
        NatsTrigger trigger = node(_ -> done()).made(way());
        trigger.pause("the database is down");
        trigger.start();
        Eventually.holds(() -> isStored("s.a", "x", Map.of()));
        assertThat(trigger.state().phase()).isEqualTo(NatsTrigger.Phase.PAUSED);

        trigger.resume();

        Eventually.holds(() -> trigger.counts().handled() == 1);
    }

    @Test
    void nothingIsLostWhileTheServerIsKilledOverAndOver() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        running(
                node(
                        request -> {
                            seen.addAll(texts(request));
                            return done();
                        }));
        Set<String> stored = ConcurrentHashMap.newKeySet();
        AtomicBoolean more = new AtomicBoolean(true);
        Thread publisher =
                Thread.startVirtualThread(
                        () -> {
                            for (int i = 0; more.get(); i++) {
                                if (isStored("s." + i % 10, "" + i, Map.of())) {
                                    stored.add("" + i);
                                }
                            }
                        });

        try {
            for (int round = 1; round <= 3; round++) {
                int enough = round * 100;
                Eventually.holds(() -> stored.size() >= enough);
                server.killAndRestart();
            }
            Eventually.holds(() -> stored.size() >= 400);
        } finally {
            more.set(false);
            publisher.join();
        }

        Eventually.holds(() -> seen.containsAll(stored));
    }

    private void assertNothingPending() {
        Eventually.holds(() -> info().getNumAckPending() == 0 && info().getNumPending() == 0);
    }

    private static Function<InvocationRequest, Outcome> waitsFor(CountDownLatch latch) {
        return _ -> {
            await(latch);
            return done();
        };
    }

    private Outcome read(InvocationRequest request) {
        assertThat(texts(request)).doesNotContainNull();
        return done();
    }

    private static List<String> texts(InvocationRequest request) {
        return request.input().asEvents(NoJson.INSTANCE, 1 << 20).stream()
                .map(Event::text)
                .toList();
    }

    private static List<Integer> attempts(TestNode node) {
        return node.requests.stream().map(request -> request.lineage().attempt()).toList();
    }
}
