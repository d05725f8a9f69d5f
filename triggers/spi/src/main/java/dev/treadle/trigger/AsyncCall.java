package dev.treadle.trigger;

import dev.treadle.Response;
import java.time.Instant;
import java.util.Optional;

/**
 * How a request fares that is answered later.
 *
 * @param id the call's id
 * @param function whose it is
 * @param state how far it is
 * @param attempts how many runs have begun
 * @param accepted when it was taken in
 * @param changed when it came into this state
 * @param failure what went wrong at the last attempt; empty before the first failure and after a
 *     success
 * @param result what the function answered, once it has succeeded
 * @param expires when all this is forgotten; empty while it has not ended
 */
public record AsyncCall(
        String id,
        String function,
        State state,
        int attempts,
        Instant accepted,
        Instant changed,
        Optional<Failure> failure,
        Optional<Response> result,
        Optional<Instant> expires) {

    /** How far a call is. */
    public enum State {
        /** It waits for its first attempt or the next one. */
        QUEUED,
        RUNNING,
        /** The function has answered. */
        SUCCEEDED,
        /** It was given up. */
        FAILED,
        /** Its caller wants no answer any more. */
        CANCELLED;

        /** Whether nothing changes any more. */
        public boolean hasEnded() {
            return switch (this) {
                case QUEUED, RUNNING -> false;
                case SUCCEEDED, FAILED, CANCELLED -> true;
            };
        }
    }

    /**
     * What went wrong.
     *
     * @param status the HTTP status that says so
     * @param message for the caller: no stack trace, no secret
     */
    public record Failure(ErrorCode code, int status, String message) {}
}
