package dev.treadle.registry.inspect;

/** An artifact cannot be deployed. The message, for people, says why and what to do. */
public final class ArtifactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArtifactException(String message) {
        super(message);
    }

    ArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
