package dev.treadle.inference;

/** A model could not be run. The message is for people. */
public final class InferenceFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** There is no such model or release. */
        UNKNOWN,
        /** It cannot be loaded here. */
        UNLOADABLE,
        /** As many calls wait as may. */
        BUSY,
        /** It did not end in time, or its caller was interrupted. */
        EXPIRED,
        /** ONNX Runtime has failed. */
        FAILED
    }

    public InferenceFailed(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public InferenceFailed(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
