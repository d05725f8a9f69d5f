package dev.treadle;

/**
 * No stream has confirmed a published event. It may have been stored all the same; publishing it
 * again from the same invocation or its next attempt does not store it twice within the stream's
 * deduplication window. Not caught, it fails the invocation, which is then tried again by the
 * trigger's rule.
 */
public class PublishFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishFailed(String message) {
        super(message);
    }

    public PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
