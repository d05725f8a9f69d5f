package dev.treadle.trigger.nats;

import java.util.concurrent.atomic.LongAdder;

/** Counts what has become of a trigger's events on this node. Safe for threads. */
public final class EventCounts {
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder buried = new LongAdder();
    private final LongAdder filtered = new LongAdder();

    void succeeded() {
        succeeded.increment();
    }

    /** An event is given back: after an attempt, or without one. */
    void retried(boolean attempted) {
        (attempted ? retried : refused).increment();
    }

    void buried() {
        buried.increment();
    }

    void filtered() {
        filtered.increment();
    }

    /** Events that were handled. */
    public long handled() {
        return succeeded.sum();
    }

    /** Failed attempts that another one followed. */
    public long redeliveries() {
        return retried.sum();
    }

    /** Deliveries that were given back for want of capacity. */
    public long refusals() {
        return refused.sum();
    }

    /** Events that became dead letters. */
    public long deadLetters() {
        return buried.sum();
    }

    /** Events that the filter passed over. */
    public long passedOver() {
        return filtered.sum();
    }
}
