package dev.treadle;

/** The event cannot be handled, now or later: it is not tried again. */
public class Permanent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Permanent(String message) {
        super(message);
    }

    public Permanent(String message, Throwable cause) {
        super(message, cause);
    }
}
