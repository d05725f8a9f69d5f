package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Notes in a key-value bucket. Only events that did not succeed at their first delivery cost a
 * write.
 */
final class KeyValueMemory implements EventMemory {
    private static final String BUCKET = "TREADLE_EVENTS";
    private static final int WRONG_REVISION = 400;
    private static final int TRIES = 10;

    /** Longer than any event is retried for. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final KeyValue bucket;

    private KeyValueMemory(KeyValue bucket) {
        this.bucket = bucket;
    }

    private static Note parse(String text) {
        int space = text.indexOf(' ');
        int release = Integer.parseInt(text.substring(0, space));
        return new Note(
                release == 0 ? OptionalInt.empty() : OptionalInt.of(release),
                Integer.parseInt(text.substring(space + 1)));
    }

    private static String text(Note note) {
        return note.release().orElse(0) + " " + note.attempts();
    }

    static KeyValueMemory open(Connection connection) throws IOException, JetStreamApiException {
        return new KeyValueMemory(
                Buckets.open(
                        connection,
                        KeyValueConfiguration.builder()
                                .name(BUCKET)
                                .description("Treadle: events that are tried again")
                                .ttl(KEPT)
                                .build()));
    }

    @Override
    public Optional<Note> recall(String durable, long sequence)
            throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.get(key(durable, sequence));
        return Optional.ofNullable(entry)
                .map(KeyValueEntry::getValueAsString)
                .map(KeyValueMemory::parse);
    }

    @Override
    public void remember(String durable, long sequence, Note note)
            throws IOException, JetStreamApiException {
        bucket.put(key(durable, sequence), text(note));
    }

    @Override
    public void forget(String durable, long sequence) throws IOException, JetStreamApiException {
        bucket.purge(key(durable, sequence));
    }

    @Override
    public ReleaseMoves moves(String durable) throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.get(movesKey(durable));
        return entry == null
                ? ReleaseMoves.NONE
                : ReleaseMoves.parse(String.valueOf(entry.getValueAsString()));
    }

    /** Adds a move to those that are known; several nodes may. */
    void moved(String durable, ReleaseMoves.Move move) throws IOException, JetStreamApiException {
        for (int tried = 1; ; tried++) {
            KeyValueEntry entry = bucket.get(movesKey(durable));
            try {
                if (entry == null) {
                    var _ =
                            bucket.create(
                                    movesKey(durable), bytes(ReleaseMoves.NONE.with(move).text()));
                } else {
                    ReleaseMoves known =
                            ReleaseMoves.parse(String.valueOf(entry.getValueAsString()));
                    var _ =
                            bucket.update(
                                    movesKey(durable),
                                    bytes(known.with(move).text()),
                                    entry.getRevision());
                }
                return;
            } catch (JetStreamApiException e) {
                if (e.getErrorCode() != WRONG_REVISION || tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** A new consumer begins without a past. */
    void forgetMoves(String durable) throws IOException, JetStreamApiException {
        bucket.purge(movesKey(durable));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String movesKey(String durable) {
        return durable + ".moves";
    }

    private static String key(String durable, long sequence) {
        return durable + "." + sequence;
    }
}
