package dev.treadle.trigger.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What must be known of an event from one delivery to the next, on whatever node that is. Safe for
 * threads.
 */
interface EventMemory {
    /**
     * What is remembered of an event.
     *
     * @param release the release chosen at the first attempt
     * @param attempts how many attempts have begun
     */
    record Note(OptionalInt release, int attempts) {}

    Optional<Note> recall(String durable, long sequence) throws IOException, JetStreamApiException;

    void remember(String durable, long sequence, Note note)
            throws IOException, JetStreamApiException;

    void forget(String durable, long sequence) throws IOException, JetStreamApiException;

    /** How the alias has moved while the consumer delivered; none where it cannot move. */
    default ReleaseMoves moves(String durable) throws IOException, JetStreamApiException {
        return ReleaseMoves.NONE;
    }
}
