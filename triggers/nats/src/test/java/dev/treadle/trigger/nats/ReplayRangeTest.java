package dev.treadle.trigger.nats;

import static dev.treadle.trigger.nats.TestNode.done;
import static dev.treadle.trigger.nats.TestNode.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.PurgeOptions;
import io.nats.client.api.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Which events a replay reads, against a real server. */
class ReplayRangeTest extends Replays {
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

    private Instant timeOf(long number) throws Exception {
        return Objects.requireNonNull(
                        outside.jetStreamManagement().getMessage("S", number).getTime())
                .toInstant();
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
}
