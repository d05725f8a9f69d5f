package dev.treadle.trigger.nats;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes events in from one subscription after another: asks for as many as there are free permits,
 * passes over what the filter does, and tells the server of what is here for long. Safe for
 * threads.
 */
final class Intake implements Subscription.Listener {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());

    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private final NatsTriggerConfig config;
    private final DeliveryRun run;
    private final EventCounts counts;
    private final Demand demand;
    private final Runner runner;
    private final Runnable onTrouble;

    private final Deliveries here;

    private final Thread pulse;

    /** The subscription that is heard now; written under this, as is the trouble. */
    private volatile @Nullable Subscription current;

    private @Nullable String trouble;

    /**
     * An intake.
     *
     * @param onTrouble is run when the subscription cannot go on
     */
    Intake(
            NatsTriggerConfig config,
            DeliveryRun run,
            EventCounts counts,
            Threads threads,
            Runnable onTrouble) {
        this.config = config;
        this.run = run;
        this.counts = counts;
        this.onTrouble = onTrouble;
        this.here = new Deliveries(config.permits());
        this.demand = new Demand(config.permits());
        this.runner = run.runner(threads, this::left);
        this.pulse = Thread.ofVirtual().name(config.durable() + "-pulse").unstarted(this::pulse);
    }

    void start() {
        pulse.start();
    }

    /** Takes events in from a subscription, from now on. */
    void open(Subscription requests) {
        synchronized (this) {
            current = requests;
            trouble = null;
        }
        demand.open(requests).ifPresent(Demand.Ask::send);
    }

    /**
     * Takes no more in from the current subscription.
     *
     * @param orderly whether to let come what is on its way
     * @return whether it has come
     */
    boolean shut(boolean orderly) {
        Subscription old;
        synchronized (this) {
            old = current;
            current = null;
            demand.shut();
        }
        if (old == null) {
            return false;
        }
        boolean drained = orderly && old.drain(ON_ITS_WAY);
        old.close();
        return drained;
    }

    /** What is wrong with the current subscription. */
    Optional<String> trouble() {
        Subscription requests;
        synchronized (this) {
            if (trouble != null) {
                return Optional.of(trouble);
            }
            requests = current;
        }
        return requests != null && demand.isOpen() && requests.isSilent()
                ? Optional.of("the consumer has fallen silent")
                : Optional.empty();
    }

    private void send(Optional<Demand.Ask> ask) {
        if (ask.isPresent()) {
            try {
                ask.get().send();
            } catch (IllegalStateException e) {
                onTrouble.run();
            }
        }
    }

    @Override
    public void event(Subscription from, Delivery delivery) {
        boolean late = demand.stopped() || current != from;
        if (late && !config.isLed()) {
            run.handBack(delivery);
            return;
        }
        send(demand.arrived());
        if (run.isFiltered(delivery)) {
            delivery.ack();
            counts.filtered();
            passed();
        } else if (here.take(delivery)) {
            runner.take(delivery);
        } else {
            // Delivered again after a break, while it runs: the answer to that run counts.
            passed();
        }
    }

    private void passed() {
        send(demand.left());
    }

    @Override
    public void unfilled(Subscription from, int count) {
        if (current == from) {
            send(demand.unfilled(count));
        }
    }

    @Override
    public void trouble(Subscription from, String reason) {
        if (current == from) {
            synchronized (this) {
                trouble = reason;
            }
            onTrouble.run();
        }
    }

    private void left(Delivery delivery) {
        here.end(delivery);
        passed();
    }

    /** Tells the server of all events that are here for long, in one round for all. */
    private void pulse() {
        Duration interval = config.ackWait().dividedBy(3);
        try {
            while (true) {
                Thread.sleep(interval.dividedBy(2));
                pulseAll(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void pulseAll(Duration interval) {
        here.forEach(delivery -> pulse(delivery, interval));
    }

    private void pulse(Delivery delivery, Duration interval) {
        try {
            delivery.pulse(interval.toNanos());
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a pulse could not be sent", e);
        }
    }

    Runner runner() {
        return runner;
    }

    int inFlight() {
        return demand.running();
    }

    /** Asks for no more events, and begins none of those that wait. */
    void stop() {
        demand.stop(true);
        runner.hold();
    }

    /** Waits for what is here to end; whether it has. */
    boolean drain(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return runner.drain(patience) && demand.awaitIdle(Math.max(0, end - System.nanoTime()));
    }

    void close() {
        pulse.interrupt();
    }
}
