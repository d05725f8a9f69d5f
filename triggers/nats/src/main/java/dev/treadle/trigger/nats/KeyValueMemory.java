package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Notes in a key-value bucket. Only events that did not succeed at their first delivery cost a
 * write.
 */
final class KeyValueMemory implements EventMemory {
    private static final String BUCKET = "TREADLE_EVENTS";

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

    static EventMemory open(Connection connection) throws IOException, JetStreamApiException {
        if (!connection.keyValueManagement().getBucketNames().contains(BUCKET)) {
            connection
                    .keyValueManagement()
                    .create(
                            KeyValueConfiguration.builder()
                                    .name(BUCKET)
                                    .description("Treadle: events that are tried again")
                                    .ttl(KEPT)
                                    .build());
        }
        return new KeyValueMemory(connection.keyValue(BUCKET));
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

    private static String key(String durable, long sequence) {
        return durable + "." + sequence;
    }
}
