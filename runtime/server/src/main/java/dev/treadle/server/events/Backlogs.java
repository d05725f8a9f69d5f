package dev.treadle.server.events;

import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.NatsTrigger;
import dev.treadle.trigger.nats.NatsUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Asks how consumers fare, one after the other every ten seconds, and how many dead letters there
 * are, so that a scrape of the metrics waits for nobody. Safe for threads.
 */
final class Backlogs implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final Supplier<Collection<NatsTrigger>> triggers;
    private final DeadLetterStore deadLetters;
    private final Map<NatsTrigger, NatsTrigger.Backlog> known = new ConcurrentHashMap<>();
    private volatile Optional<Map<DeadLetterStore.Owner, Long>> letters = Optional.empty();
    private final Thread asker = Thread.ofVirtual().name("backlogs").unstarted(this::ask);

    Backlogs(Supplier<Collection<NatsTrigger>> triggers, DeadLetterStore deadLetters) {
        this.triggers = triggers;
        this.deadLetters = deadLetters;
    }

    void start() {
        asker.start();
    }

    /** As it was lately; empty when it could not be asked. */
    Optional<NatsTrigger.Backlog> of(NatsTrigger trigger) {
        return Optional.ofNullable(known.get(trigger));
    }

    /** As they were lately, by trigger; empty when they could not be counted. */
    Optional<Map<DeadLetterStore.Owner, Long>> deadLetters() {
        return letters;
    }

    /** Counts them now. */
    Optional<Map<DeadLetterStore.Owner, Long>> count() {
        Optional<Map<DeadLetterStore.Owner, Long>> counted;
        try {
            counted = Optional.of(deadLetters.counts());
        } catch (NatsUnavailable e) {
            counted = Optional.empty();
        }
        letters = counted;
        return counted;
    }

    private void ask() {
        try {
            while (true) {
                Collection<NatsTrigger> all = triggers.get();
                known.keySet().retainAll(all);
                for (NatsTrigger trigger : all) {
                    trigger.backlog()
                            .ifPresentOrElse(
                                    backlog -> known.put(trigger, backlog),
                                    () -> known.remove(trigger));
                }
                var _ = count();
                Thread.sleep(ROUND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        asker.interrupt();
    }
}
