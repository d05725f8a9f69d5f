package dev.treadle.trigger.nats;

import dev.treadle.trigger.InvocationRequest.Target;
import dev.treadle.trigger.StoredRequest;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PurgeOptions;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Requests that are answered later, in one stream with a subject for each. A request leaves it when
 * its call has ended. Safe for threads.
 */
final class CallStream {
    static final String STREAM = "TREADLE_ASYNC";

    /** How long a request may wait, all its attempts included. */
    static final Duration KEPT = Duration.ofDays(7);

    private static final String SUBJECTS = "treadle.async.";

    /** What stands before and after the function's name in its consumer's. */
    private static final String DURABLE = "treadle_";

    private static final String AFTER = "_" + STREAM + "_";
    private static final long BYTES_MAX = 1L << 30;
    private static final Duration DUPLICATES = Duration.ofMinutes(2);
    private static final int NO_STREAM = 10059;
    private static final int NO_MESSAGE = 10037;

    private final JetStreamManagement management;
    private final JetStream jetStream;

    private CallStream(JetStreamManagement management, JetStream jetStream) {
        this.management = management;
        this.jetStream = jetStream;
    }

    /** A request that is in the stream, and where. */
    record Queued(StoredRequest request, long sequence) {}

    /** Makes the stream when it is not there. */
    static CallStream open(Connection connection) throws IOException, JetStreamApiException {
        Streams.ensure(
                connection,
                StreamConfiguration.builder()
                        .name(STREAM)
                        .description("Treadle: requests that are answered later")
                        .subjects(SUBJECTS + ">")
                        .retentionPolicy(RetentionPolicy.WorkQueue)
                        .discardPolicy(DiscardPolicy.New)
                        .storageType(StorageType.File)
                        .maxBytes(BYTES_MAX)
                        .maxAge(KEPT.plusDays(1))
                        .duplicateWindow(DUPLICATES)
                        .build());
        return new CallStream(connection.jetStreamManagement(), connection.jetStream());
    }

    /** The consumer of a function's requests. */
    static NatsTriggerConfig consumer(String function, int concurrency, Duration ackWait) {
        return new NatsTriggerConfig(
                Target.live(function),
                AsyncTrigger.NAME,
                STREAM,
                SUBJECTS + function + ".*",
                new EventOrder.None(),
                Optional.empty(),
                concurrency,
                new RetryRule(1, List.of(Duration.ZERO), RetryRule.Jitter.NONE),
                Optional.empty(),
                Optional.empty(),
                new StartPosition.All(),
                List.of(),
                ackWait);
    }

    /** The functions that have had a request some time: each has its consumer. */
    static Set<String> functions(Connection connection) throws IOException, JetStreamApiException {
        try {
            return connection.jetStreamManagement().getConsumerNames(STREAM).stream()
                    .filter(name -> name.startsWith(DURABLE) && name.contains(AFTER))
                    .map(name -> name.substring(DURABLE.length(), name.indexOf(AFTER)))
                    .collect(Collectors.toSet());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_STREAM) {
                return Set.of();
            }
            throw e;
        }
    }

    /** Stores a request; it is there when this returns. */
    void put(StoredRequest request) throws IOException, JetStreamApiException {
        var _ =
                jetStream.publish(
                        NatsMessage.builder()
                                .subject(
                                        SUBJECTS + request.target().function() + "." + request.id())
                                .headers(StoredRequests.headers(request))
                                .data(request.body())
                                .build());
    }

    /** A request by its call's id; empty when it has ended, or was never there. */
    Optional<Queued> find(String id) throws IOException, JetStreamApiException {
        try {
            MessageInfo found = management.getNextMessage(STREAM, 1, SUBJECTS + "*." + id);
            byte[] data = found.getData();
            return Optional.of(
                    new Queued(
                            StoredRequests.read(
                                    found.getHeaders(), data == null ? new byte[0] : data),
                            found.getSeq()));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE || e.getApiErrorCode() == NO_STREAM) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Removes a request; nothing happens when it is gone already. */
    void remove(long sequence) throws IOException, JetStreamApiException {
        try {
            var _ = management.deleteMessage(STREAM, sequence, false);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_MESSAGE) {
                throw e;
            }
        }
    }

    /** Removes all requests of a function that is gone. */
    void purge(String function) throws IOException, JetStreamApiException {
        var _ = management.purgeStream(STREAM, PurgeOptions.subject(SUBJECTS + function + ".>"));
    }
}
