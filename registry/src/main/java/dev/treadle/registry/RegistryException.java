package dev.treadle.registry;

/**
 * What was asked of the registry cannot be done; nothing has changed. The message is for people.
 */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        UNKNOWN_FUNCTION,
        UNKNOWN_MODEL,
        UNKNOWN_RELEASE,
        UNKNOWN_ALIAS,
        UNKNOWN_ARTIFACT,
        ILLEGAL_ALIAS,
        DIGEST_MISMATCH,
        IN_USE
    }

    public RegistryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
