package dev.treadle.trigger.nats;

import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.Outcome;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes several deliveries from their arrival to their answers. Safe for threads. */
record BatchRun(EventRun run) {
    /**
     * Runs the events as one invocation and answers each; those with an attempt before this one run
     * alone.
     */
    void run(List<Delivery> deliveries) {
        List<EventRun.Attempt> together = new ArrayList<>();
        List<Delivery> alone = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            Optional<EventRun.Attempt> attempt = begin(delivery);
            if (attempt.isPresent() && isFirst(attempt.get())) {
                together.add(attempt.get());
            } else if (attempt.isPresent()) {
                alone.add(delivery);
            }
        }
        if (!together.isEmpty()) {
            runTogether(together);
        }
        alone.forEach(run::run);
    }

    /** Empty when the event was given back. */
    private Optional<EventRun.Attempt> begin(Delivery delivery) {
        try {
            return Optional.of(run.begin(delivery));
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            run.giveBack(delivery, e);
            return Optional.empty();
        }
    }

    private boolean isFirst(EventRun.Attempt attempt) {
        return attempt.number() == 1 && run.obituary(attempt).isEmpty();
    }

    /** The release that the first one chooses is that of all. */
    private void runTogether(List<EventRun.Attempt> each) {
        OptionalInt release = each.getFirst().release();
        List<EventRun.Attempt> attempts =
                each.stream()
                        .map(it -> new EventRun.Attempt(it.delivery(), 1, release, it.note()))
                        .toList();
        BatchInput input = new BatchInput(attempts, run);
        Outcome whole = run.dispatch(lineage(attempts), input);
        for (EventRun.Attempt attempt : attempts) {
            end(attempt, input.outcome(attempt, whole));
        }
    }

    /** They descend from the first event. */
    private static Lineage lineage(List<EventRun.Attempt> attempts) {
        EventRun.Attempt first = attempts.getFirst();
        int hops =
                attempts.stream()
                        .mapToInt(each -> NatsEvents.hops(each.delivery().message()))
                        .max()
                        .orElse(0);
        return NatsEvents.lineage(first.delivery().message(), first.delivery().origin())
                .attempt(1, first.release())
                .hops(hops);
    }

    private void end(EventRun.Attempt attempt, Outcome outcome) {
        try {
            run.end(run.ended(attempt, outcome));
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            run.giveBack(attempt.delivery(), e);
        }
    }
}
