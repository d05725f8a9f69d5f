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
 * What must be known of an event from one attempt to the next, on whatever node that is: in a
 * key-value bucket, because the stream's own count knows nothing of it. Only events that did not
 * succeed at once cost a write. Safe for threads.
 */
final class EventMemory {
    private static final String BUCKET = "TREADLE_EVENTS";

    /** Longer than any event is retried for. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final KeyValue bucket;

    private EventMemory(KeyValue bucket) {
        this.bucket = bucket;
    }

    /**
     * What is remembered of an event.
     *
     * @param release the release chosen at the first attempt
     * @param refusals how many deliveries ended without a run
     */
    record Note(OptionalInt release, int refusals) {
        static final Note NONE = new Note(OptionalInt.empty(), 0);

        private static Note parse(String text) {
            int space = text.indexOf(' ');
            int release = Integer.parseInt(text.substring(0, space));
            return new Note(
                    release == 0 ? OptionalInt.empty() : OptionalInt.of(release),
                    Integer.parseInt(text.substring(space + 1)));
        }

        private String text() {
            return release.orElse(0) + " " + refusals;
        }
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
        return new EventMemory(connection.keyValue(BUCKET));
    }

    Note recall(String durable, long sequence) throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.get(key(durable, sequence));
        return Optional.ofNullable(entry)
                .map(KeyValueEntry::getValueAsString)
                .map(Note::parse)
                .orElse(Note.NONE);
    }

    void remember(String durable, long sequence, Note note)
            throws IOException, JetStreamApiException {
        bucket.put(key(durable, sequence), note.text());
    }

    void forget(String durable, long sequence) throws IOException, JetStreamApiException {
        bucket.purge(key(durable, sequence));
    }

    private static String key(String durable, long sequence) {
        return durable + "." + sequence;
    }
}
