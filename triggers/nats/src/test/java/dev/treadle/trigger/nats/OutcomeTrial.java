package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.testkit.VirtualTime;
import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** One event, taken in by the runner of its order. */
final class OutcomeTrial {
    static final int ATTEMPTS = 3;

    private final VirtualTime time = new VirtualTime();
    private final Map<Long, EventMemory.Note> notes = new ConcurrentHashMap<>();
    private final StoredDelivery delivery;
    private final Runner runner;
    private final List<Integer> attempts = new ArrayList<>();
    private final Outcome outcome;
    private Optional<DeadLetter> letter = Optional.empty();
    private boolean storedBeforeTheTerm;

    OutcomeTrial(EventOrder order, Outcome outcome, int attempt) {
        this.outcome = outcome;
        this.delivery = new StoredDelivery(1, attempt, time.instant());
        if (attempt > 1) {
            notes.put(1L, new EventMemory.Note(OptionalInt.of(1), attempt - 1));
        }
        NatsTriggerConfig config = config(order);
        EventRun run =
                new EventRun(
                        config,
                        new FakeDispatcher(
                                request -> {
                                    attempts.add(request.lineage().attempt());
                                    return attempts.size() == 1 ? this.outcome : TestNode.done();
                                }),
                        (_, _) -> OptionalInt.of(1),
                        Handling.EVENTS,
                        new FakeBooks(notes, this::keep),
                        new DispositionRule(config.retry(), new Random(1)),
                        new EventCounts(),
                        time);
        this.runner = run.runner(threads(), _ -> {});
    }

    private void keep(DeadLetter kept) {
        letter = Optional.of(kept);
        storedBeforeTheTerm = delivery.answers().isEmpty();
    }

    private Threads threads() {
        return new Threads() {
            @Override
            public void start(String name, Runnable work) {
                time.start(() -> true, work);
            }

            @Override
            public void pause(Duration pause) {
                time.pause(pause);
            }
        };
    }

    private static NatsTriggerConfig config(EventOrder order) {
        return new NatsTriggerConfig(
                Target.live("f"),
                "nats",
                "S",
                "s.>",
                order,
                Optional.empty(),
                4,
                new RetryRule(ATTEMPTS, List.of(Duration.ofMinutes(1)), RetryRule.Jitter.NONE),
                Optional.of(Duration.ofHours(1)),
                Optional.empty(),
                new StartPosition.All(),
                List.of(),
                Duration.ofSeconds(10));
    }

    void pass(Duration duration) {
        time.after(duration, () -> {});
        var _ = time.step();
    }

    /** How often the function was called. */
    int runs() {
        return attempts.size();
    }

    DeadLetter letter() {
        return letter.orElseThrow();
    }

    /** The table's words for what has become of it. */
    String becomes() {
        Instant begin = time.instant();
        runner.take(delivery);
        while (delivery.answers().isEmpty() && attempts.size() < 2 && time.step()) {
            // goes on
        }
        if (attempts.size() == 2) {
            String pause = Duration.between(begin, time.instant()).toString();
            return again(pause, attempts.getFirst() < attempts.getLast());
        }
        String answer = delivery.answers().getFirst();
        return switch (answer) {
            case "ack" -> "acknowledged";
            case "term" -> buried();
            default -> again(answer.substring("nak ".length()), isCounted());
        };
    }

    private boolean isCounted() {
        return notes.containsKey(1L) && notes.get(1L).attempts() == delivery.deliveries();
    }

    private static String again(String pause, boolean attempted) {
        return "again after " + pause + (attempted ? "" : ", no attempt");
    }

    private String buried() {
        DeadLetter stored = letter.orElseThrow();
        assertThat(storedBeforeTheTerm).isTrue();
        return stored.reason().name().toLowerCase(Locale.ROOT) + " " + stored.code();
    }
}
