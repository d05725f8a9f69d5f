package dev.treadle.trigger.nats;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.NatsMessage;
import java.time.Instant;
import java.util.Objects;

/**
 * An event as its stream has it, read without a consumer.
 *
 * @param published when the stream took it in
 */
record StoredEvent(String stream, long sequence, Instant published, Message message) {
    static StoredEvent of(String stream, MessageInfo info) {
        return new StoredEvent(
                stream,
                info.getSeq(),
                Objects.requireNonNull(info.getTime()).toInstant(),
                NatsMessage.builder()
                        .subject(info.getSubject())
                        .headers(info.getHeaders())
                        .data(info.getData())
                        .build());
    }

    String subject() {
        return message.getSubject();
    }

    /** The same as of its first delivery. */
    String origin() {
        return Delivery.origin(stream, sequence, published);
    }

    NatsEvents.Arrival arrival() {
        return NatsEvents.Arrival.of(stream, sequence, published);
    }
}
