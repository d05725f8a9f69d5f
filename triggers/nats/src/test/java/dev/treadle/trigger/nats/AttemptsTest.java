package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.failed;
import static dev.treadle.trigger.nats.TestNode.refused;
import static dev.treadle.trigger.nats.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How often an event is tried and what becomes of it, against a real server. */
class AttemptsTest extends NodesOnNats {
    @Test
    void usedUpAttemptsLeaveADeadLetterThatWasStoredBeforeTheTerm() throws Exception {
        AtomicBoolean stored = new AtomicBoolean();
        outside.createDispatcher(
                        message -> {
                            if (body(message.getData()).equals("+TERM")) {
                                stored.set(letters("f").size() == 1);
                            }
                        })
                .subscribe("$JS.ACK.S.>");
        outside.flush(Duration.ofSeconds(2));
        TestNode node = node(_ -> failed());
        NatsTrigger trigger = running(node, CONFIG);

        publish("s.a", "bad");

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        Eventually.holds(stored::get);
        assertThat(node.requests)
                .extracting(request -> request.lineage().attempt())
                .containsExactly(1, 2, 3);
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
        Eventually.holds(() -> info().getNumAckPending() == 0);
    }

    @Test
    void permanentFailureIsADeadLetterAtOnce() throws Exception {
        TestNode node = node(_ -> failed(true, Duration.ZERO));
        NatsTrigger trigger = running(node, CONFIG);

        publish("s.a", "bad");

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(node.requests).hasSize(1);
        assertThat(letters("f").getFirst().reason()).isEqualTo(DeadLetter.Reason.PERMANENT);
    }

    @Test
    void payloadThatCannotBeDecodedIsADeadLetterAtOnce() throws Exception {
        TestNode node =
                node(
                        request -> {
                            text(request);
                            return done();
                        });
        NatsTrigger trigger = running(node, CONFIG);

        publish("s.a", "{", Map.of("content-type", "application/cloudevents+json"));

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        DeadLetter letter = letters("f").getFirst();
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNDECODABLE);
        assertThat(letter.message()).startsWith("the CloudEvent is not JSON");
        assertThat(body(letter.data())).isEqualTo("{");
        assertThat(letter.headers()).containsKey("content-type");
    }

    @Test
    void eventOlderThanItsMaxAgeIsADeadLetterWithoutARun() throws Exception {
        stream();
        publish("s.a", "old");
        TestNode node = node(_ -> done());
        NatsTriggerConfig aged = ConfigChange.of(CONFIG).maxAge(Duration.ofNanos(1)).done();

        NatsTrigger trigger = running(node, aged);

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(node.requests).isEmpty();
        assertThat(letters("f").getFirst().reason()).isEqualTo(DeadLetter.Reason.EXPIRED);
    }

    @Test
    void refusedDeliveriesAreNoAttempts() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TestNode node = node(_ -> calls.incrementAndGet() <= 5 ? refused() : failed());
        NatsTrigger trigger = running(node, CONFIG);

        publish("s.a", "x");

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        assertThat(node.requests)
                .extracting(request -> request.lineage().attempt())
                .containsExactly(1, 1, 1, 1, 1, 1, 2, 3);
        assertThat(trigger.counts().refusals()).isEqualTo(5);
    }

    @Test
    void releaseOfTheFirstAttemptStaysWithTheEventOnEveryNode() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Function<InvocationRequest, Outcome> twice =
                _ -> calls.incrementAndGet() < 3 ? failed() : done();
        TestNode one = node(twice);
        one.liveRelease = 7;
        NatsTrigger first = running(one, CONFIG);
        publish("s.a", "x");
        Eventually.holds(() -> !one.requests.isEmpty());
        first.drain(Duration.ofSeconds(5));
        TestNode other = node(twice);
        other.liveRelease = 8;

        running(other, CONFIG);

        Eventually.holds(() -> calls.get() == 3);
        assertThat(other.requests).isNotEmpty();
        assertThat(other.requests)
                .allSatisfy(request -> assertThat(request.lineage().release()).hasValue(7));
    }

    @Test
    void releaseOfTheFirstAttemptStaysWhenItsNodeDiedAndTheAliasMovedMeanwhile() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestNode one =
                node(
                        _ -> {
                            await(never);
                            return done();
                        });
        one.liveRelease = 7;
        running(one, CONFIG);
        publish("s.a", "x");
        Eventually.holds(() -> !one.requests.isEmpty());
        one.kill();
        TestNode other = node(_ -> done());
        other.liveRelease = 8;
        NatsTrigger second = other.made(CONFIG);

        second.aliasMoved("v7");
        second.start();
        publish("s.a", "y");

        Eventually.holds(() -> other.texts().containsAll(List.of("x", "y")));
        for (InvocationRequest request : other.requests) {
            assertThat(request.lineage().release())
                    .hasValue(TestNode.text(request).equals("x") ? 7 : 8);
        }
        never.countDown();
    }

    @Test
    void retryAfterIsHonouredAndPausesGrowByTheRule() throws Exception {
        List<String> naks = new CopyOnWriteArrayList<>();
        outside.createDispatcher(
                        message -> {
                            if (body(message.getData()).startsWith("-NAK")) {
                                naks.add(body(message.getData()));
                            }
                        })
                .subscribe("$JS.ACK.S.>");
        outside.flush(Duration.ofSeconds(2));
        AtomicInteger calls = new AtomicInteger();
        TestNode node =
                node(
                        _ ->
                                calls.incrementAndGet() == 3
                                        ? failed(false, Duration.ofMillis(77))
                                        : failed());
        RetryRule growing =
                new RetryRule(
                        5,
                        List.of(
                                Duration.ofMillis(20),
                                Duration.ofMillis(40),
                                Duration.ofMillis(60)),
                        RetryRule.Jitter.NONE);
        NatsTrigger trigger = running(node, ConfigChange.of(CONFIG).retry(growing).done());

        publish("s.a", "x");

        Eventually.holds(() -> trigger.counts().deadLetters() == 1);
        Eventually.holds(() -> naks.size() == 4);
        assertThat(naks)
                .containsExactly(
                        "-NAK {\"delay\": 20000000}",
                        "-NAK {\"delay\": 40000000}",
                        "-NAK {\"delay\": 77000000}",
                        "-NAK {\"delay\": 60000000}");
    }

    @Test
    void handlerSlowerThanAckWaitIsNotRunTwice() throws Exception {
        AtomicInteger pulses = new AtomicInteger();
        outside.createDispatcher(
                        message -> {
                            if (body(message.getData()).equals("+WPI")) {
                                pulses.incrementAndGet();
                            }
                        })
                .subscribe("$JS.ACK.S.>");
        outside.flush(Duration.ofSeconds(2));
        CountDownLatch go = new CountDownLatch(1);
        TestNode node =
                node(
                        _ -> {
                            await(go);
                            return done();
                        });
        NatsTrigger trigger = running(node, CONFIG);
        long began = System.nanoTime();

        publish("s.a", "slow");
        Eventually.holds(
                () ->
                        pulses.get() >= 3
                                && System.nanoTime() - began > 3 * TestNode.ACK_WAIT.toNanos());
        go.countDown();

        Eventually.holds(() -> trigger.counts().handled() == 1);
        assertThat(node.requests).hasSize(1);
        assertThat(info().getRedelivered()).isZero();
    }

    @Test
    void eventOfADeadNodeRunsOnAnother() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestNode one =
                node(
                        _ -> {
                            await(never);
                            return done();
                        });
        running(one, CONFIG);
        publish("s.a", "x");
        Eventually.holds(() -> one.inside.get() == 1);

        one.kill();
        TestNode other = node(_ -> done());
        NatsTrigger trigger = running(other, CONFIG);

        Eventually.holds(() -> trigger.counts().handled() == 1);
        assertThat(other.requests.getFirst().lineage().attempt()).isEqualTo(2);
        never.countDown();
    }
}
