package dev.treadle.trigger.nats;

import io.nats.client.Message;
import java.time.Duration;
import java.time.Instant;

/** One delivery of one event, to be answered once; later answers are passed over. */
interface Delivery {
    Message message();

    /** Where in its stream the event is. */
    long sequence();

    /** How often the event has been delivered, this time included. */
    int deliveries();

    /** When the stream took it in. */
    Instant published();

    /** What ids follow from: unique to the event, also when a stream is made anew. */
    String origin();

    static String origin(String stream, long sequence, Instant published) {
        return stream
                + ':'
                + sequence
                + ':'
                + Long.toString(published.toEpochMilli(), Character.MAX_RADIX);
    }

    void ack();

    void term();

    /** Gives the event back; it is delivered again after the pause, never at once. */
    void nak(Duration pause);

    /** Gives the event back to be delivered next, before those that follow it. */
    void handBack();

    /** Whether it has its answer: the event may be delivered again from now on. */
    boolean isAnswered();

    /** Tells the server that the event is still being worked on, if it was not told lately. */
    void pulse(long intervalNanos);
}
