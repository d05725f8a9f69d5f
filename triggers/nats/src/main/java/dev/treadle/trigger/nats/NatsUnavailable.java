package dev.treadle.trigger.nats;

/** NATS cannot be reached, or does not answer. */
public final class NatsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NatsUnavailable(String message) {
        super(message);
    }

    NatsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
