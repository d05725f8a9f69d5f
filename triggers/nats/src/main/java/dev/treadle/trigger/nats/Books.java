package dev.treadle.trigger.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;

/** What is kept of events beside their streams. Safe for threads. */
interface Books {
    EventMemory memory();

    DeadLetters deadLetters();

    /** Where events that were given up are kept. */
    interface DeadLetters {
        /**
         * Keeps a dead letter; it is stored when this returns.
         *
         * @param key what repetitions are known by
         * @return what it is found by
         */
        long keep(DeadLetter letter, String key) throws IOException, JetStreamApiException;
    }
}
