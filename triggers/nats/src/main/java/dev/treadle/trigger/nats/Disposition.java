package dev.treadle.trigger.nats;

import dev.treadle.trigger.Outcome;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a delivered event. */
sealed interface Disposition {
    /** It is done with. */
    record Ack() implements Disposition {}

    /**
     * It is delivered again.
     *
     * @param pause how long it waits
     * @param counts whether this delivery was an attempt
     */
    record Retry(Duration pause, boolean counts) implements Disposition {}

    /**
     * It becomes a dead letter.
     *
     * @param code an error code's id
     * @param message what went wrong
     */
    record Bury(
            DeadLetter.Reason reason, String code, String message, Optional<Outcome.Cause> cause)
            implements Disposition {}
}
