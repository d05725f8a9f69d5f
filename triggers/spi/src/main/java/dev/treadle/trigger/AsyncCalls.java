package dev.treadle.trigger;

import java.io.Serial;
import java.util.Optional;

/** Keeps requests that are answered later, and their answers. Safe for threads. */
public interface AsyncCalls {
    /** A new id, which nobody can guess. */
    String newId();

    /**
     * Looks whether a request for this target could be taken in, before its body is read.
     *
     * @param callback the URL that its end is to be posted to
     * @return how large its body may be
     * @throws Rejected when there is no such function, alias or release, the URL may not be called
     *     back, or nothing can be stored
     */
    Room admit(InvocationRequest.Target target, Optional<String> callback);

    /**
     * Stores a request; when this returns, it outlives this node and is going to run.
     *
     * @throws Rejected when it is not known to be stored
     */
    void store(StoredRequest request);

    /**
     * How a call fares; empty when there is none with this id, or no longer.
     *
     * @throws Rejected when that cannot be known now
     */
    Optional<AsyncCall> find(String id);

    /**
     * Cancels a call that has not ended: one that waits never runs, one that runs is interrupted.
     *
     * @return the call as it is now: cancelled, or as it had ended before; empty when there is none
     * @throws Rejected when that cannot be known now
     */
    Optional<AsyncCall> cancel(String id);

    /**
     * How large a body may be.
     *
     * @param rule whose limit that is, such as {@code the function's limits.payload}
     */
    record Room(long bytesMax, String rule) {}

    /** What was asked for cannot be done; the code says whose fault that is. */
    final class Rejected extends RuntimeException {
        @Serial private static final long serialVersionUID = 1L;

        private final ErrorCode code;

        public Rejected(ErrorCode code, String message) {
            super(message);
            this.code = code;
        }

        public Rejected(ErrorCode code, String message, Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        public ErrorCode code() {
            return code;
        }
    }
}
