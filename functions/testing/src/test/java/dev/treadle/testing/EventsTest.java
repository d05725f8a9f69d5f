package dev.treadle.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.Batch;
import dev.treadle.BatchFunction;
import dev.treadle.Event;
import dev.treadle.EventFunction;
import dev.treadle.HttpError;
import dev.treadle.Permanent;
import dev.treadle.RetryAfter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Event EVENT = Event.builder("order.accepted").id("e1").text("7").build();

    private static EventResult thrown(Exception e) {
        EventFunction function =
                (event, context) -> {
                    throw e;
                };
        return TestFunction.of(function).event(EVENT);
    }

    @Test
    void returningMeansDone() {
        List<String> seen = new ArrayList<>();
        EventFunction function =
                (event, context) -> seen.add(event.text() + " " + context.invocation().attempt());

        assertThat(TestFunction.of(function).event(EVENT, 2)).isEqualTo(new EventResult.Done());
        assertThat(seen).containsExactly("7 2");
    }

    @Test
    void permanentFailureIsADeadLetter() {
        assertThat(thrown(new Permanent("unknown customer")))
                .isInstanceOf(EventResult.DeadLetter.class);
    }

    @Test
    void callersFaultIsADeadLetterAndServersIsTriedAgain() {
        assertThat(thrown(new HttpError(404, "no"))).isInstanceOf(EventResult.DeadLetter.class);
        assertThat(thrown(new HttpError(408, "slow"))).isInstanceOf(EventResult.Retry.class);
        assertThat(thrown(new HttpError(429, "full"))).isInstanceOf(EventResult.Retry.class);
        assertThat(thrown(new HttpError(502, "down"))).isInstanceOf(EventResult.Retry.class);
    }

    @Test
    void retryAfterKeepsItsPause() {
        RetryAfter e = new RetryAfter(Duration.ofMinutes(2));

        assertThat(thrown(e)).isEqualTo(new EventResult.Retry(Duration.ofMinutes(2), e));
    }

    @Test
    void anythingElseIsTriedAgainByTheTriggersRule() {
        RuntimeException e = new RuntimeException("?");

        assertThat(thrown(e)).isEqualTo(new EventResult.Retry(Duration.ZERO, e));
    }

    @Test
    void eventsOfABatchEndEachByItself() {
        BatchFunction function =
                (batch, context) -> {
                    for (Event event : batch) {
                        if (event.text().equals("8")) {
                            batch.fail(event, new Permanent("eight"));
                        }
                    }
                };
        Event other = Event.builder("order.accepted").id("e2").text("8").build();

        List<EventResult> results = TestFunction.of(function).batch(List.of(EVENT, other));

        assertThat(results.getFirst()).isEqualTo(new EventResult.Done());
        assertThat(results.getLast()).isInstanceOf(EventResult.DeadLetter.class);
        assertThat(TestFunction.of(function).event(other))
                .isInstanceOf(EventResult.DeadLetter.class);
    }

    @Test
    void batchThatThrowsHasFailedAsAWhole() {
        RuntimeException e = new RuntimeException("?");
        BatchFunction function =
                (batch, context) -> {
                    throw e;
                };

        assertThat(TestFunction.of(function).batch(List.of(EVENT, EVENT)))
                .containsOnly(new EventResult.Retry(Duration.ZERO, e));
    }

    @Test
    void batchTakesNoReportsOfEventsThatAreNotItsOwn() {
        Batch batch = new Batch(List.of(EVENT));
        Event other = Event.builder("order.accepted").id("e1").text("7").build();

        assertThatThrownBy(() -> batch.fail(other, new RuntimeException()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the event e1 is not one of this batch");
    }

    @Test
    void idsOfNewEventsRepeatWhenTheSameEventRunsAgain() {
        List<String> ids = new ArrayList<>();
        EventFunction function =
                (event, context) -> {
                    ids.add(context.event("paid").build().id());
                    ids.add(context.event("paid").build().id());
                };
        TestFunction test = TestFunction.of(function);

        test.event(EVENT, 1);
        test.event(EVENT, 2);

        assertThat(ids.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(ids.subList(2, 4));
    }

    @Test
    void publishesAreCollectedAndRepeatTheirMessageIds() {
        EventFunction function =
                (event, context) -> {
                    context.publish("orders.paid", context.event("paid").build());
                    context.publish("orders.sent", context.event("sent").build());
                };
        TestFunction test = TestFunction.of(function).name("pay");

        test.event(EVENT, 1);
        test.event(EVENT, 2);

        assertThat(test.published())
                .extracting(Published::subject)
                .containsExactly("orders.paid", "orders.sent", "orders.paid", "orders.sent");
        List<String> ids = test.published().stream().map(Published::messageId).toList();
        assertThat(ids.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(ids.subList(2, 4));
    }

    @Test
    void eventDataIsReadAsJson() {
        List<Object> seen = new ArrayList<>();
        EventFunction function = (event, context) -> seen.add(event.json(Map.class));
        TestFunction test = TestFunction.of(function);

        test.event(test.newEvent("order.accepted").json(Map.of("amount", 3)).build());

        assertThat(seen).containsExactly(Map.of("amount", 3));
    }
}
