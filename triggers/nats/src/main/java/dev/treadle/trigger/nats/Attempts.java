package dev.treadle.trigger.nats;

import dev.treadle.trigger.Releases;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Counts an event's attempts over its deliveries, by what the memory holds of it, and keeps it on
 * the release of the first one. Safe for threads.
 */
record Attempts(NatsTriggerConfig config, Releases releases, Books books) {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** Spreads the stream's sequence over a weighted alias. */
    static long chance(long sequence) {
        return (sequence * MIX) >>> 1;
    }

    /** Counts the attempt that comes now, of an event that has just come. */
    EventRun.Attempt begin(Delivery delivery) throws IOException, JetStreamApiException {
        if (delivery.deliveries() == 1) {
            return attempt(delivery, 1, Optional.empty());
        }
        Optional<EventMemory.Note> note = recall(delivery);
        // Without a note, a node died of the first attempt, or before it.
        return note.isPresent()
                ? attempt(delivery, note.get().attempts() + 1, note)
                : afterDeath(delivery);
    }

    private Optional<EventMemory.Note> recall(Delivery delivery)
            throws IOException, JetStreamApiException {
        return books.memory().recall(config.durable(), delivery.sequence());
    }

    /**
     * Notes that the attempt begins. The first delivery's is not noted: it would cost each event a
     * write.
     */
    EventRun.Attempt begun(EventRun.Attempt attempt) throws IOException, JetStreamApiException {
        return attempt.delivery().deliveries() == 1
                ? attempt
                : noted(attempt, release(attempt.note()), attempt.number());
    }

    /** The attempt after this one, which has failed, with no delivery between. */
    EventRun.Attempt again(EventRun.Attempt failed) throws IOException, JetStreamApiException {
        EventRun.Attempt noted = noted(failed, failed.release(), failed.number());
        return attempt(failed.delivery(), failed.number() + 1, noted.note());
    }

    /** The same attempt, which was refused: it was noted when it began. */
    EventRun.Attempt refused(EventRun.Attempt attempt) throws IOException, JetStreamApiException {
        return attempt.note().isEmpty()
                ? attempt
                : noted(attempt, release(attempt.note()), attempt.number() - 1);
    }

    /** Notes that an event is given back without a run; the attempts that it had stay counted. */
    void notBegun(Delivery delivery) throws IOException, JetStreamApiException {
        if (delivery.deliveries() == 1 && recall(delivery).isEmpty()) {
            var _ = noted(attempt(delivery, 1, Optional.empty()), OptionalInt.empty(), 0);
        }
    }

    private EventRun.Attempt attempt(
            Delivery delivery, int number, Optional<EventMemory.Note> note) {
        OptionalInt known = release(note);
        OptionalInt release =
                known.isPresent()
                        ? known
                        : releases.choose(config.target(), chance(delivery.sequence()));
        return new EventRun.Attempt(delivery, number, release, note);
    }

    /** A second attempt of which only the alias's moves tell where the first one went. */
    private EventRun.Attempt afterDeath(Delivery delivery)
            throws IOException, JetStreamApiException {
        OptionalInt first =
                books.memory()
                        .moves(config.durable())
                        .release(delivery.sequence(), chance(delivery.sequence()));
        return first.isPresent()
                ? new EventRun.Attempt(delivery, 2, first, Optional.empty())
                : attempt(delivery, 2, Optional.empty());
    }

    private static OptionalInt release(Optional<EventMemory.Note> note) {
        return note.map(EventMemory.Note::release).orElse(OptionalInt.empty());
    }

    private EventRun.Attempt noted(EventRun.Attempt attempt, OptionalInt release, int attempts)
            throws IOException, JetStreamApiException {
        Optional<EventMemory.Note> note = Optional.of(new EventMemory.Note(release, attempts));
        if (!note.equals(attempt.note())) {
            books.memory().remember(config.durable(), attempt.delivery().sequence(), note.get());
        }
        return new EventRun.Attempt(attempt.delivery(), attempt.number(), attempt.release(), note);
    }

    /** A delivery that ended without a run was no attempt, and binds the event to no release. */
    void remember(EventRun.Attempt attempt, boolean attempted)
            throws IOException, JetStreamApiException {
        var _ =
                attempted
                        ? noted(attempt, attempt.release(), attempt.number())
                        : noted(attempt, release(attempt.note()), attempt.number() - 1);
    }

    /** Forgets an event that has ended. */
    void forget(EventRun.Attempt attempt) throws IOException, JetStreamApiException {
        if (attempt.note().isPresent()) {
            books.memory().forget(config.durable(), attempt.delivery().sequence());
        }
    }
}
