package dev.treadle.trigger;

import dev.treadle.Response;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** What became of one invocation. Every request taken in ends as exactly one of these. */
public sealed interface Outcome {
    /**
     * The function returned. The body is {@link Response.Body.Bytes}; an event function's answer is
     * an empty 204.
     */
    record Succeeded(Response response) implements Outcome {}

    /**
     * The function returned an answer to be written piece by piece. The invocation goes on until
     * the body is written or closed; one of the two must be called, on the dispatching thread.
     */
    record Streaming(Response head, Stream body) implements Outcome {}

    /**
     * It could not be done; the code says whose fault it is.
     *
     * @param status the HTTP status that says so
     * @param message for the caller: no stack trace, no secret
     * @param permanent whether trying again is pointless
     * @param pause how long to wait before trying again; zero for the trigger's own rule
     * @param cause what the function threw, for its operators only; empty when it did not run
     */
    record Failed(
            ErrorCode code,
            int status,
            String message,
            boolean permanent,
            Duration pause,
            Optional<Cause> cause)
            implements Outcome {
        /** A failure without an exception of the function. */
        public Failed(
                ErrorCode code, int status, String message, boolean permanent, Duration pause) {
            this(code, status, message, permanent, pause, Optional.empty());
        }
    }

    /**
     * An exception that a function threw.
     *
     * @param type the binary name of its class
     * @param message its message; empty when it has none
     */
    record Cause(String type, String message) {
        public static Cause of(Throwable thrown) {
            String message = thrown.getMessage();
            return new Cause(thrown.getClass().getName(), message == null ? "" : message);
        }
    }

    /** It ran into its deadline and was interrupted. */
    record Expired(Duration timeout) implements Outcome {}

    /** Never started: no capacity. Safe to send again after the pause. */
    record Refused(ErrorCode code, String message, Duration pause) implements Outcome {}

    /** The body of a streamed answer. */
    interface Stream extends AutoCloseable {
        /**
         * Writes the body, within the invocation.
         *
         * @return what became of the invocation: {@link Succeeded}, {@link Failed} or {@link
         *     Expired}
         */
        Outcome writeTo(OutputStream out);

        /** Ends the invocation without writing, e.g. for a HEAD request. */
        @Override
        void close();
    }
}
