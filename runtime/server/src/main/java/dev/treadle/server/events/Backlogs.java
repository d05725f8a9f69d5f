package dev.treadle.server.events;

import dev.treadle.trigger.nats.NatsTrigger;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Asks how consumers fare, one after the other every ten seconds, so that a scrape of the metrics
 * waits for nobody. Safe for threads.
 */
final class Backlogs implements AutoCloseable {
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final Supplier<Collection<NatsTrigger>> triggers;
    private final Map<NatsTrigger, NatsTrigger.Backlog> known = new ConcurrentHashMap<>();
    private final Thread asker = Thread.ofVirtual().name("backlogs").unstarted(this::ask);

    Backlogs(Supplier<Collection<NatsTrigger>> triggers) {
        this.triggers = triggers;
    }

    void start() {
        asker.start();
    }

    /** As it was lately; empty when it could not be asked. */
    Optional<NatsTrigger.Backlog> of(NatsTrigger trigger) {
        return Optional.ofNullable(known.get(trigger));
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
