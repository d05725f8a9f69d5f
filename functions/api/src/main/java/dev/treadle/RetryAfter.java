package dev.treadle;

import java.time.Duration;

/**
 * Not now: try again after a pause. An event is delivered again then; an HTTP caller gets 503 with
 * {@code Retry-After}.
 */
public class RetryAfter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /**
     * @param pause how long to wait; not negative
     */
    public RetryAfter(Duration pause) {
        this(pause, "try again after " + pause);
    }

    /**
     * @param pause how long to wait; not negative
     * @param message why
     */
    public RetryAfter(Duration pause, String message) {
        super(message);
        if (pause.isNegative()) {
            throw new IllegalArgumentException("negative pause: " + pause);
        }
        this.pause = pause;
    }

    /** How long to wait. */
    public Duration pause() {
        return pause;
    }
}
