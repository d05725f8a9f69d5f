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
import io.nats.client.api.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a replay does with events, against a real server. */
class ReplayTest extends Replays {
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
}
