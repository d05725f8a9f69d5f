package dev.treadle.server.events;

import dev.treadle.trigger.nats.DeadLetterStore;
import dev.treadle.trigger.nats.NatsUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** Removes dead letters that have reached the age that their triggers say. */
final class DeadLetterSweeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DeadLetterSweeper.class.getName());
    private static final Duration ROUND = Duration.ofMinutes(10);

    private final DeadLetterStore deadLetters;
    private final InstantSource clock;
    private final Supplier<Map<DeadLetterStore.Owner, Duration>> keptFor;
    private final Thread thread =
            Thread.ofVirtual().name("dead-letter-sweeper").unstarted(this::sweep);

    DeadLetterSweeper(
            DeadLetterStore deadLetters,
            InstantSource clock,
            Supplier<Map<DeadLetterStore.Owner, Duration>> keptFor) {
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.keptFor = keptFor;
    }

    void start() {
        thread.start();
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(ROUND);
                keptFor.get().forEach(this::expire);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void expire(DeadLetterStore.Owner owner, Duration kept) {
        try {
            deadLetters.expire(owner.function(), owner.trigger(), clock.instant().minus(kept));
        } catch (NatsUnavailable e) {
            LOG.log(System.Logger.Level.DEBUG, "dead letters expire later", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
