package dev.treadle.engine;

import dev.treadle.trigger.ErrorCode;

/** A release that cannot be loaded or started. The message is for whoever deploys. */
public final class LoadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    LoadFailure(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    LoadFailure(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
