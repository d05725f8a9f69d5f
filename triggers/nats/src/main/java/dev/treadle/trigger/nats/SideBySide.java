package dev.treadle.trigger.nats;

import java.time.Duration;

/** Runs each event at once, on a virtual thread of its own. */
record SideBySide(String function, DeliveryRun run, Threads threads, Left left) implements Runner {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());

    @Override
    public void take(Delivery delivery) {
        threads.start("nats-" + function + "-" + delivery.sequence(), () -> process(delivery));
    }

    private void process(Delivery delivery) {
        try {
            run.run(delivery);
        } catch (RuntimeException e) {
            // The answer could not be sent: the server delivers the event again.
            LOG.log(System.Logger.Level.WARNING, function + ": no answer sent", e);
        } finally {
            left.left(delivery);
        }
    }

    @Override
    public void hold() {
        // All that was taken runs already.
    }

    @Override
    public void go() {
        // Nothing was held.
    }

    @Override
    public void abandon() {
        // No event belongs to one node alone.
    }

    @Override
    public boolean drain(Duration patience) {
        return true;
    }
}
