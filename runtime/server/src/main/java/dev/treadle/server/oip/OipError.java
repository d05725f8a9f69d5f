package dev.treadle.server.oip;

/** A request that cannot be answered as it is. */
final class OipError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    OipError(int status, String message) {
        super(message);
        this.status = status;
    }

    static OipError bad(String message) {
        return new OipError(400, message);
    }

    int status() {
        return status;
    }
}
