package dev.treadle;

/**
 * Ends a call with an HTTP status. In event functions a status of 400–499, other than 408 and 429,
 * counts as {@link Permanent}.
 */
public class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status 400 to 599
     * @param message shown to the caller
     */
    public HttpError(int status, String message) {
        super(message);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an HTTP error status: " + status);
        }
        this.status = status;
    }

    /** The status, 400 to 599. */
    public int status() {
        return status;
    }
}
