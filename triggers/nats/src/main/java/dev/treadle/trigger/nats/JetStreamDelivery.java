package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A delivery of a JetStream consumer. Safe for threads. */
final class JetStreamDelivery implements Delivery {
    private static final byte[] ACK = bytes("+ACK");
    private static final byte[] PROGRESS = bytes("+WPI");
    private static final byte[] NAK = bytes("-NAK");
    private static final byte[] TERM = bytes("+TERM");

    private final Connection connection;
    private final Message message;
    private final AckSubject place;
    private long pulsedNanos = System.nanoTime();
    private boolean answered;

    JetStreamDelivery(Connection connection, Message message) {
        this.connection = connection;
        this.message = message;
        this.place = AckSubject.parse(message.getReplyTo());
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public long sequence() {
        return place.sequence();
    }

    @Override
    public int deliveries() {
        return place.deliveries();
    }

    @Override
    public Instant published() {
        return place.published();
    }

    @Override
    public String origin() {
        return Delivery.origin(place.stream(), sequence(), published());
    }

    @Override
    public void ack() {
        answer(ACK);
    }

    @Override
    public void term() {
        answer(TERM);
    }

    @Override
    public void nak(Duration pause) {
        long nanos = Math.max(pause.toNanos(), RetryRule.PAUSE_LEAST.toNanos());
        answer(bytes("-NAK {\"delay\": %d}".formatted(nanos)));
    }

    @Override
    public void handBack() {
        answer(NAK);
    }

    private synchronized void answer(byte[] body) {
        if (!answered) {
            connection.publish(message.getReplyTo(), body);
            answered = true;
        }
    }

    @Override
    public synchronized boolean isAnswered() {
        return answered;
    }

    @Override
    public synchronized void pulse(long intervalNanos) {
        long now = System.nanoTime();
        if (!answered && now - pulsedNanos >= intervalNanos) {
            pulsedNanos = now;
            connection.publish(message.getReplyTo(), PROGRESS);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
