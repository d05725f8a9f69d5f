package dev.treadle.trigger.nats;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.time.Instant;

/** A delivery to a simulated node. */
final class SimulatedDelivery implements Delivery {
    private final SimulatedNode node;
    private final SimulatedConsumer consumer;
    private final long sequence;
    private final int deliveries;
    private final Instant published;
    private final Message message;
    private long pulsedNanos;
    private boolean here;
    private boolean answered;

    SimulatedDelivery(
            SimulatedNode node, SimulatedConsumer consumer, long sequence, int deliveries) {
        this.node = node;
        this.consumer = consumer;
        this.sequence = sequence;
        this.deliveries = deliveries;
        this.published = consumer.published(sequence);
        this.message =
                NatsMessage.builder()
                        .subject("s." + consumer.key(sequence))
                        .data("" + sequence)
                        .build();
    }

    void arrive() {
        here = true;
        pulsedNanos = node.time().nanos();
        if (node.flaw() == Flaw.ACKS_ON_ARRIVAL) {
            ack();
        }
    }

    boolean isOf(String name) {
        return node.name().equals(name);
    }

    /** Whether its node could have told the server that it has it. */
    boolean isLooked(Duration period) {
        return node.wasThereFor(period);
    }

    @Override
    public boolean isAnswered() {
        return answered;
    }

    /** Whether its node has it and has not answered. */
    boolean isHeld() {
        return here && !answered && node.isAlive();
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public int deliveries() {
        return deliveries;
    }

    @Override
    public Instant published() {
        return published;
    }

    @Override
    public String origin() {
        return Delivery.origin("S", sequence, published);
    }

    @Override
    public void ack() {
        answer(() -> consumer.ack(sequence));
    }

    @Override
    public void term() {
        answer(() -> consumer.term(sequence));
    }

    @Override
    public void nak(Duration pause) {
        answer(() -> consumer.nak(sequence, pause));
    }

    @Override
    public void handBack() {
        answer(() -> consumer.nak(sequence));
    }

    private void answer(Runnable effect) {
        if (!answered) {
            answered = true;
            node.send(effect);
        }
    }

    @Override
    public void pulse(long intervalNanos) {
        long now = node.time().nanos();
        if (!answered && now - pulsedNanos >= intervalNanos) {
            pulsedNanos = now;
            node.send(() -> consumer.progress(sequence));
        }
    }
}
