package dev.treadle.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one invocation was and how it ended.
 *
 * @param start when it arrived
 * @param httpStatus the status its caller got; absent when it was refused before it had one
 * @param code the error code's id
 * @param error what went wrong: class and message, for the function's owner
 * @param queueNanos how long it waited for its turn
 * @param loadNanos how long it waited for the release to be loaded
 * @param runNanos how long the handler ran, a streamed body included
 * @param trace the id of the distributed trace
 * @param parent the id of the invocation that waited for this one's answer
 */
public record InvocationRecord(
        String id,
        String function,
        int release,
        String alias,
        String trigger,
        int attempt,
        Instant start,
        Status status,
        OptionalInt httpStatus,
        Optional<String> code,
        Optional<String> error,
        long queueNanos,
        long loadNanos,
        long runNanos,
        Optional<String> trace,
        Optional<String> parent) {

    /** The four ends of an invocation. */
    public enum Status {
        SUCCEEDED,
        FAILED,
        EXPIRED,
        REFUSED
    }
}
