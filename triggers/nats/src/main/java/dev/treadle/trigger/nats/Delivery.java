package dev.treadle.trigger.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** One delivery of one event, to be answered once. Pulses may come from another thread. */
final class Delivery {
    private static final byte[] ACK = bytes("+ACK");
    private static final byte[] PROGRESS = bytes("+WPI");
    private static final byte[] TERM = bytes("+TERM");

    private final Connection connection;
    private final Message message;
    private final NatsJetStreamMetaData metaData;
    private long pulsedNanos = System.nanoTime();
    private boolean answered;

    Delivery(Connection connection, Message message) {
        this.connection = connection;
        this.message = message;
        this.metaData = message.metaData();
    }

    Message message() {
        return message;
    }

    long sequence() {
        return metaData.streamSequence();
    }

    /** How often the server has delivered the event, this time included. */
    int deliveries() {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, metaData.deliveredCount()));
    }

    Instant published() {
        return metaData.timestamp().toInstant();
    }

    /** What ids follow from: unique to the event, also when a stream is made anew. */
    String origin() {
        return origin(metaData.getStream(), sequence(), published());
    }

    static String origin(String stream, long sequence, Instant published) {
        return stream
                + ':'
                + sequence
                + ':'
                + Long.toString(published.toEpochMilli(), Character.MAX_RADIX);
    }

    void ack() {
        answer(ACK);
    }

    void term() {
        answer(TERM);
    }

    /** Gives the event back; it is delivered again after the pause, never at once. */
    void nak(Duration pause) {
        long nanos = Math.max(pause.toNanos(), RetryRule.PAUSE_LEAST.toNanos());
        answer(bytes("-NAK {\"delay\": %d}".formatted(nanos)));
    }

    private synchronized void answer(byte[] body) {
        if (!answered) {
            answered = true;
            connection.publish(message.getReplyTo(), body);
        }
    }

    /** Tells the server that the event is still being worked on, if it was not told lately. */
    synchronized void pulse(long intervalNanos) {
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
