package dev.treadle.trigger;

import dev.treadle.Response;
import java.io.OutputStream;
import java.time.Duration;

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
     */
    record Failed(ErrorCode code, int status, String message, boolean permanent, Duration pause)
            implements Outcome {}

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
