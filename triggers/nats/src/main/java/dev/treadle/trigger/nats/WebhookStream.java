package dev.treadle.trigger.nats;

import dev.treadle.trigger.InvocationRequest.Target;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks that have not been taken yet, in a stream that all nodes share. */
final class WebhookStream {
    static final String STREAM = "TREADLE_WEBHOOKS";

    private static final String SUBJECTS = "treadle.webhook.";
    private static final String META = "Treadle-Webhook";
    private static final String CONSUMER = "webhooks";
    private static final int AT_ONCE = 16;
    private static final long BYTES_MAX = 1L << 30;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration DUPLICATES = Duration.ofMinutes(10);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private WebhookStream() {}

    private record Document(String id, String function, String url, boolean trusted) {}

    static boolean exists(Connection connection) throws IOException, JetStreamApiException {
        return Streams.exists(connection, STREAM);
    }

    /** Makes the stream when it is not there. */
    static void ensure(Connection connection) throws IOException, JetStreamApiException {
        Streams.ensure(
                connection,
                StreamConfiguration.builder()
                        .name(STREAM)
                        .description("Treadle: webhooks that have not been taken yet")
                        .subjects(SUBJECTS + ">")
                        .retentionPolicy(RetentionPolicy.WorkQueue)
                        .discardPolicy(DiscardPolicy.New)
                        .storageType(StorageType.File)
                        .maxBytes(BYTES_MAX)
                        .maxAge(KEPT)
                        .duplicateWindow(DUPLICATES)
                        .build());
    }

    static NatsTriggerConfig consumer(Duration ackWait) {
        return new NatsTriggerConfig(
                Target.live(CONSUMER),
                CONSUMER,
                STREAM,
                SUBJECTS + ">",
                new EventOrder.None(),
                Optional.empty(),
                AT_ONCE,
                new RetryRule(1, List.of(Duration.ZERO), RetryRule.Jitter.NONE),
                Optional.empty(),
                Optional.empty(),
                new StartPosition.All(),
                List.of(),
                ackWait);
    }

    /** Stores a webhook; storing it again within ten minutes does nothing. */
    static void put(Connection connection, Webhook webhook)
            throws IOException, JetStreamApiException {
        Headers headers = new Headers();
        headers.put("Nats-Msg-Id", webhook.id());
        headers.put(
                META,
                JSON.writeValueAsString(
                        new Document(
                                webhook.id(),
                                webhook.function(),
                                webhook.url().toString(),
                                webhook.trusted())));
        var _ =
                connection
                        .jetStream()
                        .publish(
                                NatsMessage.builder()
                                        .subject(SUBJECTS + webhook.function())
                                        .headers(headers)
                                        .data(webhook.body())
                                        .build());
    }

    /**
     * @throws IllegalArgumentException when it is no webhook
     */
    static Webhook read(Message message) {
        Document document =
                JSON.readValue(
                        NatsEvents.header(message, META)
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "the message has no header " + META)),
                        Document.class);
        return new Webhook(
                document.id(),
                document.function(),
                URI.create(document.url()),
                document.trusted(),
                NatsEvents.data(message));
    }
}
