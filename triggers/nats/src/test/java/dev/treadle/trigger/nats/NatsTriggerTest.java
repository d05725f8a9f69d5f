package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.failed;
import static dev.treadle.trigger.nats.TestNode.refused;
import static dev.treadle.trigger.nats.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delivery, against a real server. */
class NatsTriggerTest {
    private static final NatsTriggerConfig CONFIG = TestNode.config("f");

    @TempDir Path store;
    private final List<TestNode> nodes = new ArrayList<>();
    private RealServer server;
    private Connection outside;

    @BeforeEach
    void start() throws Exception {
        server = RealServer.start(store);
        outside = server.connect();
    }

    @AfterEach
    void stop() throws Exception {
        for (TestNode node : nodes) {
            node.close();
        }
        if (outside != null) {
            outside.close();
            server.close();
        }
    }

    @Test
    void eventRunsOnceAndIsDoneWith() throws Exception {
        TestNode node = node(_ -> done());
        NatsTrigger trigger = running(node, CONFIG);

        publish("s.a", "one");

        Eventually.holds(() -> trigger.counts().handled() == 1);
        Eventually.holds(() -> info().getNumAckPending() == 0 && info().getNumPending() == 0);
        assertThat(node.texts()).containsExactly("one");
        InvocationRequest request = node.requests.getFirst();
        assertThat(request.lineage().attempt()).isEqualTo(1);
        assertThat(request.trigger()).isEqualTo("nats");
        assertThat(request.lineage().origin()).startsWith("S:1:");
    }

    @Test
    void eventsOfBeforeTheTriggerRunTooAndInGreatNumber() throws Exception {
        stream();
        for (int i = 0; i < 500; i++) {
            publish("s.a", "" + i);
        }
        TestNode node = node(_ -> done());

        NatsTrigger trigger = running(node, CONFIG);

        Eventually.holds(() -> trigger.counts().handled() == 500);
        assertThat(node.texts()).doesNotHaveDuplicates();
        assertThat(node.insideMost.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void startPositionNewLeavesWhatWasThere() throws Exception {
        stream();
        publish("s.a", "old");
        TestNode node = node(_ -> done());
        NatsTrigger trigger = running(node, startingAt(new StartPosition.New()));

        publish("s.a", "new");

        Eventually.holds(() -> trigger.counts().handled() == 1);
        assertThat(node.texts()).containsExactly("new");
    }

    @Test
    void startPositionSequenceBeginsThere() throws Exception {
        stream();
        publish("s.a", "1");
        publish("s.a", "2");
        publish("s.a", "3");
        TestNode node = node(_ -> done());

        NatsTrigger trigger = running(node, startingAt(new StartPosition.Sequence(2)));

        Eventually.holds(() -> trigger.counts().handled() == 2);
        assertThat(node.texts()).containsExactlyInAnyOrder("2", "3");
    }

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
        NatsTriggerConfig aged = with(CONFIG, Optional.of(Duration.ofNanos(1)), Optional.empty());

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
        NatsTrigger trigger = running(node, with(CONFIG, growing));

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

    @Test
    void strictRunsOneAtATimeInOrderEvenThroughFailures() throws Exception {
        stream();
        for (int i = 0; i < 20; i++) {
            publish("s.a", "" + i);
        }
        List<String> completed = new CopyOnWriteArrayList<>();
        Function<InvocationRequest, Outcome> failsFirst =
                request -> {
                    if (request.lineage().attempt() == 1
                            && request.lineage().origin().hashCode() % 3 == 0) {
                        return failed();
                    }
                    completed.add(text(request));
                    return done();
                };
        TestNode one = node(failsFirst);
        TestNode two = node(failsFirst);
        running(one, strict());
        running(two, strict());

        Eventually.holds(() -> completed.size() == 20);

        assertThat(completed)
                .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        assertThat(one.insideMost.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void filterPassesOverWhatDoesNotMatch() throws Exception {
        TestNode node = node(_ -> done());
        EventFilter filter = EventFilter.parse("kind = 'image' AND size > 1000");
        NatsTrigger trigger = running(node, with(CONFIG, Optional.empty(), Optional.of(filter)));

        publish("s.a", "{\"kind\":\"image\",\"size\":10}");
        publish("s.a", "{\"kind\":\"text\",\"size\":5000}");
        publish("s.a", "{\"kind\":\"image\",\"size\":5000}");
        publish("s.a", "no json");

        Eventually.holds(() -> trigger.counts().passedOver() == 3);
        Eventually.holds(() -> trigger.counts().handled() == 1);
        assertThat(node.texts()).containsExactly("{\"kind\":\"image\",\"size\":5000}");
        Eventually.holds(() -> info().getNumAckPending() == 0);
    }

    @Test
    void drainEndsWhatRunsAndLeavesTheRestToOthers() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TestNode one =
                node(
                        _ -> {
                            await(go);
                            return done();
                        });
        NatsTrigger draining = running(one, CONFIG);
        for (int i = 0; i < 20; i++) {
            publish("s.a", "" + i);
        }
        Eventually.holds(() -> one.inside.get() == 8);
        AtomicBoolean drained = new AtomicBoolean();
        Thread stopping =
                Thread.startVirtualThread(
                        () -> drained.set(draining.drain(Duration.ofSeconds(20))));
        Eventually.holds(() -> draining.state().phase() == NatsTrigger.Phase.STOPPED);
        go.countDown();
        stopping.join();
        assertThat(drained).isTrue();
        int ended = one.requests.size();

        TestNode other = node(_ -> done());
        NatsTrigger trigger = running(other, CONFIG);

        Eventually.holds(() -> trigger.counts().handled() == 20 - ended);
        List<String> all = new ArrayList<>(one.texts());
        all.addAll(other.texts());
        assertThat(all).hasSize(20).doesNotHaveDuplicates();
        assertThat(other.requests)
                .extracting(request -> request.lineage().attempt())
                .containsOnly(1);
    }

    @Test
    void pausedTriggerTakesNothingInUntilItIsResumed() throws Exception {
        TestNode node = node(_ -> done());
        NatsTrigger trigger = running(node, CONFIG);

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
    void missingStreamIsSaidAndNotMadeUp() throws Exception {
        TestNode node = node(_ -> done());
        NatsTrigger trigger = node.start(creating(List.of()));

        Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.FAILED);
        assertThat(trigger.state().reason())
                .isEqualTo(
                        "there is no stream S; make it, or say `create: {subjects: [s.>]}` in the trigger");
        stream();

        publish("s.a", "x");
        Eventually.holds(() -> trigger.counts().handled() == 1);
    }

    @Test
    void streamThatIsThereIsNotChanged() throws Exception {
        outside.jetStreamManagement()
                .addStream(
                        StreamConfiguration.builder()
                                .name("S")
                                .subjects("s.a", "other")
                                .maxMessages(99)
                                .build());
        TestNode node = node(_ -> done());

        running(node, CONFIG);

        StreamConfiguration now =
                outside.jetStreamManagement().getStreamInfo("S").getConfiguration();
        assertThat(now.getSubjects()).containsExactly("s.a", "other");
        assertThat(now.getMaxMsgs()).isEqualTo(99);
    }

    @Test
    void consumerHasNoLimitsOfItsOwnThatWouldActBehindOurBack() throws Exception {
        running(node(_ -> done()), CONFIG);

        ConsumerConfiguration made = info().getConsumerConfiguration();
        assertThat(made.getBackoff()).isEmpty();
        assertThat(made.getMaxDeliver()).isEqualTo(-1);
        assertThat(made.getAckWait()).isEqualTo(TestNode.ACK_WAIT);
        assertThat(made.getMaxAckPending()).isGreaterThan(10_000);
    }

    @Test
    void consumerThatWasTakenAwayIsMadeAnew() throws Exception {
        TestNode node = node(_ -> done());
        NatsTrigger trigger = running(node, CONFIG);
        publish("s.a", "1");
        Eventually.holds(() -> trigger.counts().handled() == 1);

        outside.jetStreamManagement().deleteConsumer("S", CONFIG.durable());
        publish("s.a", "2");

        Eventually.holds(() -> node.texts().contains("2"));
    }

    @Test
    void nothingIsLostWhileTheServerIsKilledOverAndOver() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        TestNode node =
                node(
                        request -> {
                            seen.add(text(request));
                            return done();
                        });
        running(node, CONFIG);
        Set<String> stored = ConcurrentHashMap.newKeySet();
        AtomicBoolean more = new AtomicBoolean(true);
        Thread publisher =
                Thread.startVirtualThread(
                        () -> {
                            for (int i = 0; more.get(); i++) {
                                if (tryPublish("s.a", "" + i)) {
                                    stored.add("" + i);
                                }
                            }
                        });

        for (int round = 1; round <= 4; round++) {
            int enough = round * 100;
            Eventually.holds(() -> stored.size() >= enough);
            server.killAndRestart();
        }
        Eventually.holds(() -> stored.size() >= 500);
        more.set(false);
        publisher.join();

        Eventually.holds(() -> seen.containsAll(stored));
    }

    private TestNode node(Function<InvocationRequest, Outcome> function) throws Exception {
        TestNode node = new TestNode(server, function);
        nodes.add(node);
        return node;
    }

    private static NatsTrigger running(TestNode node, NatsTriggerConfig config) {
        NatsTrigger trigger = node.start(config);
        Eventually.holds(() -> trigger.state().phase() == NatsTrigger.Phase.RUNNING);
        return trigger;
    }

    private void stream() throws Exception {
        outside.jetStreamManagement()
                .addStream(StreamConfiguration.builder().name("S").subjects("s.>").build());
    }

    private void publish(String subject, String data) {
        publish(subject, data, Map.of());
    }

    private void publish(String subject, String data, Map<String, String> headers) {
        try {
            io.nats.client.impl.Headers all = new io.nats.client.impl.Headers();
            headers.forEach(all::put);
            outside.jetStream().publish(subject, all, data.getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private boolean tryPublish(String subject, String data) {
        try {
            outside.jetStream().publish(subject, data.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private ConsumerInfo info() {
        try {
            return outside.jetStreamManagement().getConsumerInfo("S", CONFIG.durable());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<DeadLetter> letters(String function) {
        List<DeadLetter> letters = new ArrayList<>();
        new DeadLetterStore(new NatsSession(() -> Optional.of(outside), () -> ""))
                .scan(
                        function,
                        stored -> {
                            letters.add(stored.letter());
                            return true;
                        });
        return letters;
    }

    private static String body(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static NatsTriggerConfig with(NatsTriggerConfig config, RetryRule retry) {
        return copy(
                config,
                config.order(),
                retry,
                Optional.empty(),
                Optional.empty(),
                config.start(),
                config.create());
    }

    private static NatsTriggerConfig with(
            NatsTriggerConfig config, Optional<Duration> maxAge, Optional<EventFilter> filter) {
        return copy(
                config,
                config.order(),
                config.retry(),
                maxAge,
                filter,
                config.start(),
                config.create());
    }

    private static NatsTriggerConfig strict() {
        return copy(
                CONFIG,
                new EventOrder.Strict(),
                CONFIG.retry(),
                Optional.empty(),
                Optional.empty(),
                CONFIG.start(),
                CONFIG.create());
    }

    private static NatsTriggerConfig startingAt(StartPosition start) {
        return copy(
                CONFIG,
                CONFIG.order(),
                CONFIG.retry(),
                Optional.empty(),
                Optional.empty(),
                start,
                CONFIG.create());
    }

    private static NatsTriggerConfig creating(List<String> create) {
        return copy(
                CONFIG,
                CONFIG.order(),
                CONFIG.retry(),
                Optional.empty(),
                Optional.empty(),
                CONFIG.start(),
                create);
    }

    private static NatsTriggerConfig copy(
            NatsTriggerConfig config,
            EventOrder order,
            RetryRule retry,
            Optional<Duration> maxAge,
            Optional<EventFilter> filter,
            StartPosition start,
            List<String> create) {
        return new NatsTriggerConfig(
                config.target(),
                config.name(),
                config.stream(),
                config.subject(),
                order,
                config.batch(),
                config.concurrency(),
                retry,
                maxAge,
                filter,
                start,
                create,
                config.ackWait());
    }
}
