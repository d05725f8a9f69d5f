package dev.treadle;

/** The caller sent something that cannot be handled: status 400. */
public class BadRequest extends HttpError {
    private static final long serialVersionUID = 1L;

    /**
     * @param message shown to the caller: what is wrong, and where
     */
    public BadRequest(String message) {
        super(400, message);
    }
}
