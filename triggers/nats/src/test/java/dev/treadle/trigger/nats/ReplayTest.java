package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.failed;
import static dev.treadle.trigger.nats.TestNode.refused;
import static dev.treadle.trigger.nats.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Event;
import dev.treadle.Response;
import dev.treadle.trigger.Effects;
import dev.treadle.trigger.InvocationRequest;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import io.nats.client.Connection;
import io.nats.client.PurgeOptions;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays, against a real server. */
class ReplayTest {
    private static final NatsTriggerConfig CONFIG = TestNode.config("f");
    private static final Replay.Mode REAL = new Replay.Mode.Real(Target.live("f"));
    private static final Replay.Mode DRY = new Replay.Mode.Dry(Target.live("f"));

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
    void eventsRunAgainInTheStreamsOrderAndNoConsumerIsMade() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(100);
        TestNode node = node(_ -> done());

        Heard heard = replay(node, REAL, from(11, 90));

        assertThat(node.texts()).hasSize(80).contains("11", "90").doesNotHaveDuplicates();
        assertThat(heard.sequences()).hasSize(80).isSorted();
        assertThat(heard.summary().complete()).isTrue();
        assertThat(heard.summary().events()).isEqualTo(80);
        assertThat(node.insideMost.get()).isLessThanOrEqualTo(16);
        assertThat(outside.jetStreamManagement().getConsumerNames("S")).isEmpty();
    }

    @Test
    void strictTriggersEventsRunOneAtATime() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(20);
        TestNode node = node(_ -> done());

        run(node, plan(strict(), REAL, from(1, 20)));

        assertThat(node.texts()).hasSize(20).startsWith("1", "2", "3", "4", "5");
        assertThat(node.insideMost.get()).isEqualTo(1);
    }

    @Test
    void idsFollowFromEventAndReleaseAndAreNotThoseOfTheFirstRun() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(1);
        TestNode node = node(_ -> done());
        node.liveRelease = 7;

        replay(node, REAL, from(1, 1));
        replay(node, REAL, from(1, 1));
        node.liveRelease = 8;
        replay(node, REAL, from(1, 1));
        run(node, new Replay.Plan(CONFIG, from(1, 1), REAL, 0, Optional.of("again")));

        List<String> origins =
                node.requests.stream().map(request -> request.lineage().origin()).toList();
        assertThat(origins.get(0)).startsWith("replay:v7:S:1:").isEqualTo(origins.get(1));
        assertThat(origins.get(2)).startsWith("replay:v8:S:1:");
        assertThat(origins.get(3)).startsWith("replay:again:S:1:");
        InvocationRequest request = node.requests.getFirst();
        assertThat(request.trigger()).isEqualTo("replay:nats");
        assertThat(request.lineage().release()).hasValue(7);
        assertThat(request.effects()).isEqualTo(Effects.REAL);
    }

    @Test
    void failuresAreTriedAgainByTheTriggersRuleAndToldWithoutADeadLetter() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(2);
        AtomicInteger tries = new AtomicInteger();
        TestNode node =
                node(
                        request -> {
                            boolean mends = text(request).equals("2");
                            return mends && tries.incrementAndGet() == 2 ? done() : failed();
                        });

        Heard heard = replay(node, REAL, from(1, 2));

        Output first = heard.ran.getFirst().outputs().getFirst();
        assertThat(first.attempts()).isEqualTo(3);
        assertThat(first.end())
                .isEqualTo(
                        new Output.End.Failed(
                                "failed",
                                "TR-2001",
                                "The function failed",
                                Optional.of(
                                        new Outcome.Cause(
                                                "java.lang.IllegalStateException", "broken"))));
        Output second = heard.ran.get(1).outputs().getFirst();
        assertThat(second.succeeded()).isTrue();
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(outside.jetStreamManagement().getStreamNames()).containsExactly("S");
    }

    @Test
    void permanentFailureIsNotTriedAgainAndRefusedTriesAreNoAttempts() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(1);
        AtomicInteger tries = new AtomicInteger();
        TestNode node =
                node(_ -> tries.incrementAndGet() < 3 ? refused() : failed(true, Duration.ZERO));

        Heard heard = replay(node, REAL, from(1, 1));

        assertThat(heard.ran.getFirst().outputs().getFirst().attempts()).isEqualTo(1);
        assertThat(node.requests).hasSize(3);
    }

    @Test
    void dryRunTellsWhatWouldBePublishedAndAnswered() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(2);
        Event event = Event.builder("accepted", NoJson.INSTANCE).text("a").build();
        TestNode node =
                node(
                        request -> {
                            captured(request).publish("s.other", event, "m-1", 1, Duration.ZERO);
                            return new Outcome.Succeeded(Response.text("well"));
                        });

        Heard heard = replay(node, DRY, from(1, 2));

        Output output = heard.ran.get(1).outputs().getFirst();
        assertThat(output.publishes())
                .containsExactly(new Output.Published("s.other", event, "m-1"));
        assertThat(new String(output.answer().body(), StandardCharsets.UTF_8)).isEqualTo("well");
        assertThat(output.answer().contentType()).startsWith("text/plain");
        assertThat(node.requests.getFirst().trigger()).isEqualTo("dry-run:nats");
        assertThat(outside.jetStreamManagement().getStreamInfo("S").getStreamState().getMsgCount())
                .isEqualTo(2);
    }

    @Test
    void dryRunIsTriedOnceAndRefusesSubjectsThatTheServerWould() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(1);
        TestNode node =
                node(
                        request -> {
                            Event event = Event.builder("t", NoJson.INSTANCE).build();
                            assertThatThrownBy(
                                            () ->
                                                    captured(request)
                                                            .publish(
                                                                    "s.*",
                                                                    event,
                                                                    "m",
                                                                    1,
                                                                    Duration.ZERO))
                                    .isInstanceOf(NatsPublisher.BadSubject.class);
                            return failed();
                        });

        Heard heard = replay(node, DRY, from(1, 1));

        assertThat(heard.ran.getFirst().outputs().getFirst().attempts()).isEqualTo(1);
        assertThat(node.requests).hasSize(1);
    }

    @Test
    void timesAndSubjectsAndFiltersAndLimitsChoose() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(3);
        Instant after = timeOf(3).plusNanos(1);
        outside.jetStream().publish("s.b", "4".getBytes(StandardCharsets.UTF_8));
        outside.jetStream().publish("s.a", "5".getBytes(StandardCharsets.UTF_8));
        Instant last = timeOf(5);
        publish(2);
        TestNode node = node(_ -> done());

        assertThat(replay(node, DRY, between(after, last)).sequences()).containsExactly(4L);
        assertThat(replay(node, DRY, between(timeOf(3), last)).sequences()).containsExactly(3L, 4L);
        assertThat(replay(node, DRY, between(after, Instant.MAX)).sequences())
                .containsExactly(4L, 5L, 6L, 7L);
        assertThat(replay(node, DRY, between(Instant.EPOCH, timeOf(1))).sequences()).isEmpty();
        EventFilter onlyB = EventFilter.parse("subject = 's.b'");
        Selection filtered =
                new Selection(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.of(Instant.EPOCH),
                        Optional.empty(),
                        Optional.of(onlyB),
                        9);
        Heard heard = replay(node, DRY, filtered);
        assertThat(heard.sequences()).containsExactly(4L);
        assertThat(heard.summary().passedOver()).isEqualTo(6);
        Selection two =
                new Selection(
                        OptionalLong.of(2),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        2);
        assertThat(replay(node, DRY, two).sequences()).containsExactly(2L, 3L);
    }

    @Test
    void eventsThatAreGoneAreTold() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(12);
        for (long number : List.of(1L, 2L, 3L, 7L, 8L, 10L)) {
            outside.jetStreamManagement().deleteMessage("S", number, false);
        }
        TestNode node = node(_ -> done());

        Heard heard = replay(node, DRY, from(2, 12));

        assertThat(heard.range().begins()).hasValue(4);
        assertThat(heard.range().gaps())
                .isEqualTo(new Gaps(3, List.of(new Gaps.Range(7, 8), new Gaps.Range(10, 10))));
        assertThat(heard.sequences()).containsExactly(4L, 5L, 6L, 9L, 11L, 12L);
        assertThat(replay(node, DRY, from(4, 6)).range().begins()).isEmpty();
        assertThat(replay(node, DRY, from(4, 6)).range().gaps()).isEqualTo(Gaps.NONE);
        assertThat(replay(node, DRY, between(Instant.EPOCH, timeOf(5))).range().begins())
                .hasValue(4);
        assertThatThrownBy(() -> replay(node, DRY, from(1, 3)))
                .isInstanceOf(EventsGone.class)
                .hasMessageStartingWith("the stream S begins with number 4 of ");
        assertThatThrownBy(() -> replay(node, DRY, between(Instant.EPOCH, timeOf(4))))
                .isInstanceOf(EventsGone.class)
                .hasMessageEndingWith("; what came before is gone");
        outside.jetStreamManagement().purgeStream("S");
        assertThatThrownBy(() -> replay(node, DRY, from(1, 99)))
                .isInstanceOf(EventsGone.class)
                .hasMessage("the stream S has none of its 12 events any more");
        outside.jetStreamManagement().deleteStream("S");
        assertThatThrownBy(() -> replay(node, DRY, from(1, 99)))
                .isInstanceOf(EventsGone.class)
                .hasMessage("there is no stream S");
    }

    @Test
    void whatTheStreamDropsMeanwhileIsCounted() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(12);
        TestNode node =
                node(
                        request -> {
                            if (text(request).equals("3")) {
                                purgeUpTo(10);
                            }
                            return done();
                        });

        Heard heard = run(node, plan(strict(), REAL, from(1, 12)));

        assertThat(heard.sequences()).contains(3L, 10L, 11L, 12L).doesNotContain(6L, 7L, 8L, 9L);
        assertThat(heard.sequences().size() + heard.summary().dropped()).isEqualTo(12);
    }

    @Test
    void workQueueIsReadWithoutTakingFromIt() throws Exception {
        stream(RetentionPolicy.WorkQueue);
        publish(3);
        TestNode node = node(_ -> done());

        Heard heard = replay(node, REAL, from(1, 3));

        assertThat(heard.sequences()).containsExactly(1L, 2L, 3L);
        assertThat(outside.jetStreamManagement().getStreamInfo("S").getStreamState().getMsgCount())
                .isEqualTo(3);
    }

    @Test
    void whoListensNoMoreEndsItAfterWhatRuns() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(100);
        TestNode node = node(_ -> done());
        Heard heard = new Heard(3);

        Replay.Summary summary = run(node, plan(strict(), REAL, from(1, 100)), heard);

        assertThat(summary.complete()).isFalse();
        assertThat(summary.events()).isBetween(3L, 20L).isEqualTo(node.requests.size());
    }

    @Test
    void pauseBeforeAnotherAttemptEndsWhenNobodyListens() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(1);
        TestNode node = node(_ -> failed(false, Duration.ofDays(1)));
        Heard heard = new Heard(0);

        Replay.Summary summary = run(node, plan(CONFIG, REAL, from(1, 1)), heard);

        assertThat(summary.complete()).isFalse();
        assertThat(heard.ran.getFirst().outputs().getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void serverThatIsKilledMeanwhileIsWaitedFor() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(40);
        CountDownLatch killed = new CountDownLatch(1);
        TestNode node =
                node(
                        request -> {
                            if (text(request).equals("3")) {
                                kill();
                                killed.countDown();
                            }
                            return done();
                        });

        Heard heard = replay(node, REAL, from(1, 40));

        assertThat(killed.getCount()).isZero();
        assertThat(heard.sequences()).hasSize(40).isSorted().doesNotHaveDuplicates();
        assertThat(heard.summary().complete()).isTrue();
    }

    @Test
    void twoReleasesRunOnTheSameEventWithTheSameIds() throws Exception {
        stream(RetentionPolicy.Limits);
        publish(1);
        TestNode node = node(_ -> done());
        Target before = new Target("f", "v1");
        Target after = new Target("f", "v2");

        Heard heard = replay(node, new Replay.Mode.Compare(before, after), from(1, 1));

        assertThat(heard.ran.getFirst().outputs()).hasSize(2);
        assertThat(node.requests)
                .extracting(InvocationRequest::target)
                .containsExactly(before, after);
        assertThat(node.requests.get(0).lineage()).isEqualTo(node.requests.get(1).lineage());
    }

    private static dev.treadle.trigger.Publisher captured(InvocationRequest request) {
        return ((Effects.Captured) request.effects()).publishes();
    }

    /** The number itself stays. */
    private void purgeUpTo(long number) {
        try {
            outside.jetStreamManagement()
                    .purgeStream("S", PurgeOptions.builder().sequence(number).build());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void kill() {
        try {
            server.killAndRestart();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private TestNode node(Function<InvocationRequest, Outcome> function) throws Exception {
        TestNode node = new TestNode(server, function);
        nodes.add(node);
        return node;
    }

    private void stream(RetentionPolicy retention) throws Exception {
        outside.jetStreamManagement()
                .addStream(
                        StreamConfiguration.builder()
                                .name("S")
                                .subjects("s.>")
                                .retentionPolicy(retention)
                                .build());
    }

    /** The texts are their numbers. */
    private void publish(int count) throws Exception {
        for (int i = 1; i <= count; i++) {
            outside.jetStream().publish("s.a", ("" + i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private Instant timeOf(long number) throws Exception {
        return Objects.requireNonNull(
                        outside.jetStreamManagement().getMessage("S", number).getTime())
                .toInstant();
    }

    private static NatsTriggerConfig strict() {
        return new NatsTriggerConfig(
                CONFIG.target(),
                CONFIG.name(),
                CONFIG.stream(),
                CONFIG.subject(),
                new EventOrder.Strict(),
                Optional.empty(),
                CONFIG.concurrency(),
                CONFIG.retry(),
                CONFIG.maxAge(),
                CONFIG.filter(),
                CONFIG.start(),
                CONFIG.create(),
                CONFIG.ackWait());
    }

    private static Selection from(long first, long last) {
        return new Selection(
                OptionalLong.of(first),
                OptionalLong.of(last),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Long.MAX_VALUE);
    }

    private static Selection between(Instant since, Instant until) {
        return new Selection(
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(since),
                Optional.of(until),
                Optional.empty(),
                Long.MAX_VALUE);
    }

    private static Replay.Plan plan(NatsTriggerConfig trigger, Replay.Mode mode, Selection wanted) {
        return new Replay.Plan(trigger, wanted, mode, 0, Optional.empty());
    }

    private static Heard replay(TestNode node, Replay.Mode mode, Selection wanted) {
        return run(node, plan(CONFIG, mode, wanted));
    }

    private static Heard run(TestNode node, Replay.Plan plan) {
        Heard heard = new Heard(Integer.MAX_VALUE);
        heard.summary = run(node, plan, heard);
        return heard;
    }

    private static Replay.Summary run(TestNode node, Replay.Plan plan, Heard heard) {
        return new Replay(node.session, node, node, new Random(1)).run(plan, heard);
    }
}
