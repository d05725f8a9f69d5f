package dev.treadle.benchmarks;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Fills streams, and watches consumers empty them. For one thread. */
final class EventStreams {
    static final int DATA_BYTES = 256;

    private static final int UNCONFIRMED_MAX = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(2);

    private final JetStream jetStream;
    private final JetStreamManagement management;

    EventStreams(Connection connection) throws IOException {
        this.jetStream = connection.jetStream();
        this.management = connection.jetStreamManagement();
    }

    /** Makes a stream of files with these subjects. */
    void make(String stream, String subjects) throws IOException, JetStreamApiException {
        var _ =
                management.addStream(
                        StreamConfiguration.builder()
                                .name(stream)
                                .subjects(subjects)
                                .storageType(StorageType.File)
                                .build());
    }

    void remove(String stream) throws IOException, JetStreamApiException {
        var _ = management.deleteStream(stream);
    }

    /** Publishes so many messages, each confirmed, over so many subjects in turn. */
    void fill(String prefix, int subjects, int count) throws Exception {
        byte[] data = new byte[DATA_BYTES];
        Deque<CompletableFuture<PublishAck>> open = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            if (open.size() == UNCONFIRMED_MAX) {
                confirm(open);
            }
            open.add(jetStream.publishAsync(prefix + i % subjects, data));
        }
        while (!open.isEmpty()) {
            confirm(open);
        }
    }

    private static void confirm(Deque<CompletableFuture<PublishAck>> open) throws Exception {
        var _ = open.remove().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Publishes one message. */
    void publish(String subject, byte[] data) throws IOException, JetStreamApiException {
        var _ = jetStream.publish(subject, data);
    }

    /** How many messages a stream has. */
    long count(String stream) throws IOException, JetStreamApiException {
        return management.getStreamInfo(stream).getStreamState().getMsgCount();
    }

    /**
     * Waits until the stream's one consumer has acknowledged all.
     *
     * @return how many a second, from the first delivery that was seen
     */
    double perSecond(String stream, int count) throws Exception {
        ConsumerInfo first = await(stream, info -> info.getDelivered().getStreamSequence() > 0);
        long begun = first.getDelivered().getStreamSequence();
        long start = System.nanoTime();
        awaitDone(stream);
        return (count - begun) * 1e9 / (System.nanoTime() - start);
    }

    /** Waits until the stream's one consumer is there. */
    void awaitConsumer(String stream) throws Exception {
        var _ = await(stream, _ -> true);
    }

    /** Waits until all events of a stream are acknowledged. */
    void awaitDone(String stream) throws Exception {
        var _ = await(stream, info -> info.getNumPending() == 0 && info.getNumAckPending() == 0);
    }

    /** Waits until so many events run and none is left to be delivered. */
    void awaitPending(String stream, int count) throws Exception {
        var _ = await(stream, info -> info.getNumAckPending() == count);
    }

    private interface Condition {
        boolean holds(ConsumerInfo info);
    }

    private ConsumerInfo await(String stream, Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            List<String> names = management.getConsumerNames(stream);
            if (!names.isEmpty()) {
                ConsumerInfo info = management.getConsumerInfo(stream, names.getFirst());
                if (condition.holds(info)) {
                    return info;
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        throw new IOException("the events of " + stream + " were not handled in time");
    }
}
