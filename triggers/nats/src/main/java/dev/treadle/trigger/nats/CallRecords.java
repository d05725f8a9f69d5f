package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Records of calls in a key-value bucket, each under its id. A change counts only if nobody else
 * has made one meanwhile. Safe for threads.
 */
final class CallRecords {
    static final String BUCKET = "TREADLE_RESULTS";

    /** Somebody was faster; the second one is of newer servers. */
    private static final Set<Integer> WRONG_REVISION = Set.of(10071, 10164);

    private final KeyValue bucket;
    private final InstantSource clock;

    private CallRecords(KeyValue bucket, InstantSource clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /** A record, and what its next change must name. */
    record Entry(CallRecord record, long revision) {}

    /** Makes the bucket when it is not there. */
    static CallRecords open(Connection connection, InstantSource clock)
            throws IOException, JetStreamApiException {
        KeyValue bucket =
                Buckets.open(
                        connection,
                        KeyValueConfiguration.builder()
                                .name(BUCKET)
                                .description("Treadle: asynchronous calls and their results")
                                .ttl(AsyncRule.RESULTS_MAX.plusDays(1))
                                .build());
        return new CallRecords(bucket, clock);
    }

    /** Empty when there is none, or when it has expired. */
    Optional<Entry> get(String id) throws IOException, JetStreamApiException {
        KeyValueEntry found = bucket.get(id);
        byte[] value = found == null ? null : found.getValue();
        if (found == null || value == null) {
            return Optional.empty();
        }
        CallRecord call = CallRecordBytes.read(value);
        boolean expired =
                call.call().expires().filter(it -> it.isBefore(clock.instant())).isPresent();
        if (expired) {
            bucket.purge(id);
            return Optional.empty();
        }
        return Optional.of(new Entry(call, found.getRevision()));
    }

    /** Makes a record; empty when there is one already. */
    Optional<Entry> create(CallRecord call) throws IOException, JetStreamApiException {
        try {
            return Optional.of(
                    new Entry(call, bucket.create(call.call().id(), CallRecordBytes.write(call))));
        } catch (JetStreamApiException e) {
            if (WRONG_REVISION.contains(e.getApiErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Changes a record; empty when somebody else has done so meanwhile. */
    Optional<Entry> change(Entry before, CallRecord after)
            throws IOException, JetStreamApiException {
        try {
            long revision =
                    bucket.update(
                            after.call().id(), CallRecordBytes.write(after), before.revision());
            return Optional.of(new Entry(after, revision));
        } catch (JetStreamApiException e) {
            if (WRONG_REVISION.contains(e.getApiErrorCode())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
