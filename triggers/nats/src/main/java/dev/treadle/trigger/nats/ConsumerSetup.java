package dev.treadle.trigger.nats;

import dev.treadle.trigger.nats.server.ServerFeature;
import dev.treadle.trigger.nats.server.ServerVersion;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Optional;

/** Makes sure that a trigger's stream and consumer are there. Changes no stream that is there. */
final class ConsumerSetup {
    private static final int NO_STREAM = 10059;
    private static final int NO_CONSUMER = 10014;

    /** Events that wait for their next attempt count as well. */
    private static final int ACK_PENDING_MAX = 100_000;

    private ConsumerSetup() {}

    /** A trigger that cannot run as it is declared. */
    static final class Impossible extends Exception {
        private static final long serialVersionUID = 1L;

        Impossible(String message) {
            super(message);
        }
    }

    /** Returns whether the consumer is new. */
    static boolean ensure(Connection connection, NatsTriggerConfig config)
            throws IOException, JetStreamApiException, Impossible {
        requireServer(connection.getServerInfo().getVersion());
        JetStreamManagement management = connection.jetStreamManagement();
        ensureStream(management, config);
        Optional<ConsumerInfo> known = consumer(management, config);
        management.addOrUpdateConsumer(
                config.stream(),
                known.isPresent()
                        ? settings(
                                ConsumerConfiguration.builder(
                                        known.get().getConsumerConfiguration()),
                                config)
                        : settings(start(config.start()), config));
        return known.isEmpty();
    }

    /** A server that is too old would do part of it. */
    static void requireServer(String version) throws Impossible {
        Optional<String> obstacle =
                ServerVersion.parse(version).flatMap(ServerFeature.JETSTREAM_TRIGGERS::obstacle);
        if (obstacle.isPresent()) {
            throw new Impossible(obstacle.get());
        }
    }

    /** The consumer as it is now, or empty when it is not there. */
    static Optional<ConsumerInfo> consumer(JetStreamManagement management, NatsTriggerConfig config)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getConsumerInfo(config.stream(), config.durable()));
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_CONSUMER || e.getApiErrorCode() == NO_STREAM) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void ensureStream(JetStreamManagement management, NatsTriggerConfig config)
            throws IOException, JetStreamApiException, Impossible {
        try {
            management.getStreamInfo(config.stream());
            return;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NO_STREAM) {
                throw e;
            }
        }
        if (config.create().isEmpty()) {
            throw new Impossible(
                    "there is no stream %s; make it, or say `create: {subjects: [%s]}` in the trigger"
                            .formatted(config.stream(), config.subject()));
        }
        try {
            Streams.make(
                    management,
                    StreamConfiguration.builder()
                            .name(config.stream())
                            .subjects(config.create())
                            .storageType(StorageType.File)
                            .build());
        } catch (JetStreamApiException e) {
            throw new Impossible(
                    "the stream %s cannot be made with the subjects %s: %s"
                            .formatted(config.stream(), config.create(), e.getErrorDescription()));
        }
    }

    private static ConsumerConfiguration.Builder start(StartPosition start) {
        ConsumerConfiguration.Builder consumer = ConsumerConfiguration.builder();
        return switch (start) {
            case StartPosition.New _ -> consumer.deliverPolicy(DeliverPolicy.New);
            case StartPosition.All _ -> consumer.deliverPolicy(DeliverPolicy.All);
            case StartPosition.Sequence(long number) ->
                    consumer.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(number);
            case StartPosition.Time(var time) ->
                    consumer.deliverPolicy(DeliverPolicy.ByStartTime)
                            .startTime(time.atZone(ZoneOffset.UTC));
        };
    }

    /** No BackOff list: it knows nothing of naks, and its first entry overwrites AckWait. */
    private static ConsumerConfiguration settings(
            ConsumerConfiguration.Builder consumer, NatsTriggerConfig config) {
        return consumer.durable(config.durable())
                .description(
                        "%s of the function %s"
                                .formatted(config.name(), config.target().function()))
                .filterSubject(config.subject())
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(config.ackWait())
                .maxDeliver(-1)
                .maxAckPending(config.order() instanceof EventOrder.Strict ? 1 : ACK_PENDING_MAX)
                .build();
    }
}
