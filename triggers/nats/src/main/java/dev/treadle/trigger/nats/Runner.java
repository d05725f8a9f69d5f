package dev.treadle.trigger.nats;

import java.time.Duration;

/**
 * Has the events run that were taken in, in the order that they want. Each of them is reported to
 * {@link Left} once. Safe for threads.
 */
interface Runner {
    /** Hears of events that have ended here, whatever became of them. */
    @FunctionalInterface
    interface Left {
        void left(Delivery delivery);
    }

    void take(Delivery delivery);

    /** Begins no more events, for now. */
    void hold();

    /** Begins events again after {@link #hold}. */
    void go();

    /** Another node has the events: those that have not begun are forgotten. */
    void abandon();

    /**
     * Begins no more events, lets those that run end, and gives back what has not begun.
     *
     * @return whether all had ended in time
     */
    boolean drain(Duration patience);
}
