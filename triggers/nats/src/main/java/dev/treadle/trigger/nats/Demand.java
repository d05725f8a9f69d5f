package dev.treadle.trigger.nats;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts an event trigger's permits: each is free, asked for by a pull request, or held by an event
 * that runs. No more is ever asked for than there are free permits. Safe for threads.
 */
final class Demand {
    private final int permits;
    private @Nullable Subscription from;
    private int requested;
    private int running;
    private volatile boolean stopped;

    Demand(int permits) {
        this.permits = permits;
    }

    /**
     * What to ask for now; it is counted as asked for.
     *
     * @param first whether there was no open request before
     */
    record Ask(Subscription from, int count, boolean first) {
        void send() {
            if (first) {
                from.expectHeartbeats();
            }
            from.ask(count);
        }
    }

    /**
     * While a request is still open, permits are collected until they make up a half, so that not
     * every event costs a request.
     */
    private Optional<Ask> ask() {
        int free = permits - running - requested;
        boolean worthIt = requested == 0 || free >= Math.max(1, permits / 2);
        if (from == null || stopped || free <= 0 || !worthIt) {
            return Optional.empty();
        }
        boolean first = requested == 0;
        requested += free;
        return Optional.of(new Ask(from, free, first));
    }

    /** From now on, this one is asked; all requests before are void. */
    synchronized Optional<Ask> open(Subscription subscription) {
        from = subscription;
        requested = 0;
        return ask();
    }

    /** Nobody is asked until {@link #open}. */
    synchronized void shut() {
        from = null;
    }

    /** An event has come: it holds a permit until {@link #left()}. */
    synchronized Optional<Ask> arrived() {
        requested = Math.max(0, requested - 1);
        running++;
        return requested == 0 ? ask() : Optional.empty();
    }

    /** An event has ended. */
    synchronized Optional<Ask> left() {
        running--;
        if (running == 0) {
            notifyAll();
        }
        return ask();
    }

    /** A request has ended with so many events not delivered. */
    synchronized Optional<Ask> unfilled(int count) {
        requested = Math.max(0, requested - count);
        return ask();
    }

    /** Asks for no more, until told otherwise. */
    synchronized void stop(boolean stop) {
        stopped = stop;
    }

    boolean stopped() {
        return stopped;
    }

    synchronized boolean isOpen() {
        return requested > 0;
    }

    synchronized int running() {
        return running;
    }

    /** Waits until nothing runs; false when the patience, in nanoseconds, ends first. */
    synchronized boolean awaitIdle(long patienceNanos) {
        return Monitor.await(this, () -> running == 0, patienceNanos);
    }
}
