package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Where calls are kept that are answered later: their requests in a stream, what becomes of them in
 * a bucket. Both are made for the first call. Safe for threads.
 */
final class CallStore {
    private final NatsSession session;
    private final DeadLetterStore deadLetters;
    private final InstantSource clock;
    private volatile @Nullable Line line;

    CallStore(NatsSession session, DeadLetterStore deadLetters, InstantSource clock) {
        this.session = session;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Both on one connection. */
    record Line(Connection connection, CallStream stream, CallRecords records) {
        /** What a message needs beside a body. */
        private static final long HEAD_BYTES = 32 * 1024;

        /** How large a body may be: a message must hold it. */
        long bodyBytesMax() {
            return connection.getMaxPayload() - HEAD_BYTES;
        }
    }

    DeadLetterStore deadLetters() {
        return deadLetters;
    }

    /**
     * Both, while NATS is there.
     *
     * @throws NatsUnavailable when it is not
     */
    Line line() throws IOException, JetStreamApiException {
        Connection connection = session.require();
        Line known = line;
        if (known == null || known.connection() != connection) {
            known =
                    new Line(
                            connection,
                            CallStream.open(connection),
                            CallRecords.open(connection, clock));
            line = known;
        }
        return known;
    }

    /** Looks again whether both are there: somebody may have removed them. */
    void forget() {
        line = null;
    }
}
