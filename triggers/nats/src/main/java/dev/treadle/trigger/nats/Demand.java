package dev.treadle.trigger.nats;

/**
 * Counts an event trigger's permits: each is free, asked for by a pull request, or held by an event
 * that runs. No more is ever asked for than there are free permits. Safe for threads.
 */
final class Demand {
    private final int permits;
    private int requested;
    private int running;
    private boolean stopped;

    Demand(int permits) {
        this.permits = permits;
    }

    /**
     * How many events to ask for now; they are counted as asked for. While a request is still open,
     * permits are collected until they make up a half, so that not every event costs a request.
     */
    synchronized int take() {
        int free = permits - running - requested;
        boolean worthIt = requested == 0 || free >= Math.max(1, permits / 2);
        if (stopped || free <= 0 || !worthIt) {
            return 0;
        }
        requested += free;
        return free;
    }

    /**
     * An event has come: it holds a permit until {@link #left()}.
     *
     * @return whether no more is asked for now
     */
    synchronized boolean arrived() {
        requested = Math.max(0, requested - 1);
        running++;
        return requested == 0;
    }

    /** An event has ended. */
    synchronized void left() {
        running--;
        if (running == 0) {
            notifyAll();
        }
    }

    /** A request has ended with so many events not delivered. */
    synchronized void unfilled(int count) {
        requested = Math.max(0, requested - count);
    }

    /** All requests are void. */
    synchronized void forget() {
        requested = 0;
    }

    /** Asks for no more, until told otherwise. */
    synchronized void stop(boolean stop) {
        stopped = stop;
    }

    synchronized boolean stopped() {
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
        long end = System.nanoTime() + patienceNanos;
        while (running > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
