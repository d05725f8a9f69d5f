package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.failed;
import static dev.treadle.trigger.nats.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.Eventually;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.Outcome;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What a trigger takes in and when, against a real server. What holds for every way of having
 * events run is in {@link DeliveryContract}.
 */
class NatsTriggerTest extends NodesOnNats {
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
        NatsTrigger trigger =
                running(node, ConfigChange.of(CONFIG).start(new StartPosition.New()).done());

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

        NatsTrigger trigger =
                running(node, ConfigChange.of(CONFIG).start(new StartPosition.Sequence(2)).done());

        Eventually.holds(() -> trigger.counts().handled() == 2);
        assertThat(node.texts()).containsExactlyInAnyOrder("2", "3");
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
        running(one, ConfigChange.of(CONFIG).order(new EventOrder.Strict()).done());
        running(two, ConfigChange.of(CONFIG).order(new EventOrder.Strict()).done());

        Eventually.holds(() -> completed.size() == 20);

        assertThat(completed)
                .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        assertThat(one.insideMost.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void filterPassesOverWhatDoesNotMatch() throws Exception {
        TestNode node = node(_ -> done());
        EventFilter filter = EventFilter.parse("kind = 'image' AND size > 1000");
        NatsTrigger trigger = running(node, ConfigChange.of(CONFIG).filter(filter).done());

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
    void missingStreamIsSaidAndNotMadeUp() throws Exception {
        TestNode node = node(_ -> done());
        NatsTrigger trigger = node.start(ConfigChange.of(CONFIG).create(List.of()).done());

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
    void retryAfterIsHonouredAndPausesGrowByTheRule() throws Exception {
        List<String> naks = new CopyOnWriteArrayList<>();
        onAnswer("-NAK", naks::add);
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
    void manyTriggersThatStopAtOnceLeaveTheConnectionAlone() throws Exception {
        TestNode node = node(_ -> done());
        List<NatsTrigger> triggers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            triggers.add(running(node, TestNode.config("f" + i)));
        }

        try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            for (NatsTrigger trigger : triggers) {
                stopping.execute(() -> trigger.drain(Duration.ofSeconds(60)));
            }
        }

        assertThat(triggers).allMatch(each -> each.state().phase() == NatsTrigger.Phase.STOPPED);
        assertThat(node.connection.getStatistics().getReconnects()).isZero();
    }
}
