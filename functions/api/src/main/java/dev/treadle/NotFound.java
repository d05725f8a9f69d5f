package dev.treadle;

/** What the caller asked for is not there: status 404. */
public class NotFound extends HttpError {
    private static final long serialVersionUID = 1L;

    public NotFound() {
        this("not found");
    }

    /**
     * @param message shown to the caller
     */
    public NotFound(String message) {
        super(404, message);
    }
}
