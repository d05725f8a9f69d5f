package dev.treadle.trigger.nats;

import java.time.Duration;

/** A subscription of a simulated node; it ends with the connection it was made on. */
final class SimulatedSubscription implements Subscription {
    /** Longer than any message is on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(50);

    private final SimulatedNode node;
    private final SimulatedLine line;
    private final SimulatedConsumer consumer;
    private final Duration expires;
    private boolean closed;
    private int onTheirWay;

    SimulatedSubscription(
            SimulatedNode node, SimulatedLine line, SimulatedConsumer consumer, Duration expires) {
        this.node = node;
        this.line = line;
        this.consumer = consumer;
        this.expires = expires;
    }

    boolean isClosed() {
        return closed || line.isBroken();
    }

    /** All that this subscription may still bring. */
    int wanted() {
        return isClosed() ? 0 : consumer.open(this) + onTheirWay;
    }

    @Override
    public void ask(int asked) {
        int count = node.flaw() == Flaw.ASKS_FOR_TOO_MANY ? asked + 1 : asked;
        onTheirWay += count;
        line.toServer(
                () -> {
                    onTheirWay -= count;
                    consumer.pull(this, count, expires);
                });
    }

    void deliver(long sequence, int deliveries) {
        SimulatedDelivery delivery = node.delivery(sequence, deliveries);
        onTheirWay++;
        line.toNode(
                () -> {
                    if (!closed) {
                        node.hear(
                                intake -> {
                                    onTheirWay--;
                                    if (!closed) {
                                        delivery.arrive();
                                        intake.event(this, delivery);
                                    }
                                });
                    }
                });
    }

    void unfilled(int count) {
        onTheirWay += count;
        line.toNode(
                () -> {
                    if (!closed) {
                        node.hear(
                                intake -> {
                                    onTheirWay -= count;
                                    intake.unfilled(this, count);
                                });
                    }
                });
    }

    @Override
    public boolean isSilent() {
        return line.isBroken();
    }

    @Override
    public void expectHeartbeats() {
        // the line says when it is broken
    }

    @Override
    public boolean drain(Duration patience) {
        node.time().pause(ON_ITS_WAY);
        return !line.isBroken();
    }

    @Override
    public void close() {
        closed = true;
    }
}
