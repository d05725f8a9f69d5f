package dev.treadle.it;

import dev.treadle.testkit.Eventually;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a function has left of its events, read from the streams by somebody outside. */
final class EventEffects {
    static final String DERIVED = "DERIVED";
    private static final int PAGE = 500;

    private final Connection connection;

    EventEffects(Connection connection) {
        this.connection = connection;
    }

    /** Makes the stream of effects; its window is longer than any event of the test lives. */
    void makeStream() throws IOException, JetStreamApiException {
        connection
                .jetStreamManagement(
                        JetStreamOptions.builder().requestTimeout(Duration.ofMinutes(1)).build())
                .addStream(
                        StreamConfiguration.builder()
                                .name(DERIVED)
                                .subjects("derived.>")
                                .storageType(StorageType.File)
                                .duplicateWindow(Duration.ofMinutes(30))
                                .build());
    }

    /** How many messages a stream has; -1 while it cannot be asked, 0 when it is not there. */
    long count(String stream) {
        try {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo(stream)
                    .getStreamState()
                    .getMsgCount();
        } catch (JetStreamApiException e) {
            return e.getErrorCode() == 404 ? 0 : -1;
        } catch (IOException e) {
            return -1; // the server is down
        }
    }

    /** Whether nothing waits in the stream's consumers, and nothing runs. */
    boolean isSettled(String stream) {
        try {
            return consumers(stream).stream()
                    .allMatch(each -> each.getNumPending() == 0 && each.getNumAckPending() == 0);
        } catch (IOException | JetStreamApiException e) {
            return false; // the server is down
        }
    }

    /** How often events were delivered once more. */
    long redeliveries(String stream) throws IOException, JetStreamApiException {
        return consumers(stream).stream()
                .mapToLong(
                        each ->
                                each.getDelivered().getConsumerSequence()
                                        - each.getDelivered().getStreamSequence())
                .sum();
    }

    private List<ConsumerInfo> consumers(String stream) throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        return management.getConsumers(stream);
    }

    /** A message's text, and the last word of its subject. */
    record Entry(String key, String text) {}

    /** All messages of a stream, in its order. */
    List<Entry> entries(String stream) throws IOException, JetStreamApiException {
        List<Entry> entries = new ArrayList<>();
        long all = count(stream);
        JetStreamSubscription reader =
                connection
                        .jetStream()
                        .subscribe(
                                null,
                                PullSubscribeOptions.builder().stream(stream)
                                        .configuration(
                                                ConsumerConfiguration.builder()
                                                        .durable("reader")
                                                        .ackPolicy(AckPolicy.None)
                                                        .build())
                                        .build());
        Eventually.holds(
                Duration.ofMinutes(2),
                () -> {
                    for (Message message : reader.fetch(PAGE, Duration.ofSeconds(2))) {
                        String subject = message.getSubject();
                        entries.add(
                                new Entry(
                                        subject.substring(subject.lastIndexOf('.') + 1),
                                        new String(message.getData(), StandardCharsets.UTF_8)));
                    }
                    return entries.size() >= all;
                });
        return entries;
    }
}
