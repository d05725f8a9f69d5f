package dev.treadle.trigger.nats;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs each event at once, next to all others. A thread that has ended its event takes the next one
 * that waits, so that short events need few threads; and whoever takes one while others wait has
 * another thread come first, so that none ever waits for one that is long.
 */
final class SideBySide implements Runner {
    private static final System.Logger LOG = System.getLogger(NatsTrigger.class.getName());

    private final String thread;
    private final DeliveryRun run;
    private final Threads threads;
    private final Left left;
    private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();

    /** Whether a thread was begun that has not looked at what waits yet. */
    private final AtomicBoolean coming = new AtomicBoolean();

    SideBySide(String function, DeliveryRun run, Threads threads, Left left) {
        this.thread = "nats-" + function;
        this.run = run;
        this.threads = threads;
        this.left = left;
    }

    @Override
    public void take(Delivery delivery) {
        waiting.add(delivery);
        come();
    }

    private void come() {
        if (coming.compareAndSet(false, true)) {
            threads.start(thread, this::work);
        }
    }

    private void work() {
        coming.set(false);
        Delivery next = waiting.poll();
        while (next != null) {
            if (!waiting.isEmpty()) {
                come();
            }
            process(next);
            next = waiting.poll();
        }
    }

    private void process(Delivery delivery) {
        try {
            run.run(delivery);
        } catch (RuntimeException e) {
            // The answer could not be sent: the server delivers the event again.
            LOG.log(System.Logger.Level.WARNING, thread + ": no answer sent", e);
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
