package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of events beside their streams: notes between attempts, and dead letters. One for
 * all triggers of a node. Safe for threads.
 */
public final class Ledger implements Books {
    private final DeadLetterStore deadLetters;

    /** Made for the first trigger that connects; guarded by this, as is what follows. */
    private @Nullable KeyValueMemory memory;

    private NatsSession.@Nullable Line ensured;

    public Ledger(NatsSession session) {
        this.deadLetters = new DeadLetterStore(session);
    }

    /**
     * Makes the bucket and the stream when they are not there. After each break of the connection:
     * a server may come again with an empty store.
     */
    synchronized void ensure(Connection connection) throws IOException, JetStreamApiException {
        NatsSession.Line line = NatsSession.Line.of(connection);
        if (!line.equals(ensured)) {
            DeadLetterStore.ensure(connection);
            memory = KeyValueMemory.open(connection);
            ensured = line;
        }
    }

    @Override
    public synchronized KeyValueMemory memory() {
        KeyValueMemory known = memory;
        if (known == null) {
            throw new NatsUnavailable("no trigger has been connected yet");
        }
        return known;
    }

    @Override
    public DeadLetterStore deadLetters() {
        return deadLetters;
    }
}
