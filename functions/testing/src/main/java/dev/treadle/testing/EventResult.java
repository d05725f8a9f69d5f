package dev.treadle.testing;

import java.time.Duration;

/** What became of one delivery of an event. */
public sealed interface EventResult {
    /** The event is done with. */
    record Done() implements EventResult {}

    /**
     * It is delivered again.
     *
     * @param pause how long the function asked to wait; zero for the trigger's own rule
     * @param failure what the function threw
     */
    record Retry(Duration pause, Throwable failure) implements EventResult {}

    /**
     * It is not delivered again.
     *
     * @param failure what the function threw
     */
    record DeadLetter(Throwable failure) implements EventResult {}
}
