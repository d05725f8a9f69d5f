package dev.treadle.trigger.nats;

import dev.treadle.trigger.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event that was given up.
 *
 * @param function whose event it was
 * @param trigger the trigger's name
 * @param reason why it was given up
 * @param code an error code's id
 * @param message what went wrong at the last attempt
 * @param cause what the function threw then
 * @param attempts how often it was tried
 * @param release the release that tried it; 0 when none did
 * @param stream where it was
 * @param sequence where in the stream it was
 * @param subject the original subject
 * @param headers the original headers
 * @param published when the stream took it in
 * @param died when it was given up
 * @param dataOmitted whether the data did not fit beside all this; the stream may still have it
 * @param data the original data
 */
public record DeadLetter(
        String function,
        String trigger,
        Reason reason,
        String code,
        String message,
        Optional<Outcome.Cause> cause,
        int attempts,
        int release,
        String stream,
        long sequence,
        String subject,
        Map<String, List<String>> headers,
        Instant published,
        Instant died,
        boolean dataOmitted,
        byte[] data) {

    /** Why an event is given up. */
    public enum Reason {
        /** All attempts failed. */
        EXHAUSTED,
        /** It was too old before it was tried. */
        EXPIRED,
        /** The function, or its answer, said that trying again is pointless. */
        PERMANENT,
        /** It cannot be read as what the function takes. */
        UNDECODABLE
    }

    /** The same after one more attempt that failed. */
    DeadLetter again(String code, String message, Optional<Outcome.Cause> cause, Instant died) {
        return new DeadLetter(
                function,
                trigger,
                reason,
                code,
                message,
                cause,
                attempts + 1,
                release,
                stream,
                sequence,
                subject,
                headers,
                published,
                died,
                dataOmitted,
                data);
    }

    /** A dead letter that is stored, and what it is found by. */
    public record Stored(long id, DeadLetter letter) {}
}
