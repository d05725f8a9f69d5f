package dev.treadle.trigger.nats;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A delivery that no server waits for; it writes down its answers. */
record StoredDelivery(
        long sequence, int deliveries, Instant published, Message message, List<String> answers)
        implements Delivery {
    StoredDelivery(long sequence) {
        this(sequence, 1, Instant.EPOCH);
    }

    StoredDelivery(long sequence, int deliveries, Instant published) {
        this(
                sequence,
                deliveries,
                published,
                NatsMessage.builder().subject("s.a").data("" + sequence).build(),
                new ArrayList<>());
    }

    @Override
    public String origin() {
        return Delivery.origin("S", sequence, published());
    }

    @Override
    public void ack() {
        answers.add("ack");
    }

    @Override
    public void term() {
        answers.add("term");
    }

    @Override
    public void nak(Duration pause) {
        answers.add("nak " + pause);
    }

    @Override
    public void handBack() {
        answers.add("hand back");
    }

    @Override
    public boolean isAnswered() {
        return answers.stream().anyMatch(answer -> !answer.equals("pulse"));
    }

    @Override
    public void pulse(long intervalNanos) {
        answers.add("pulse");
    }
}
