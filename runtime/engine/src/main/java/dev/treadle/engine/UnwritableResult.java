package dev.treadle.engine;

/** What a function returned cannot be written as JSON. */
final class UnwritableResult extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnwritableResult(Class<?> type, Throwable cause) {
        super(
                "%s cannot be written as JSON: %s".formatted(type.getName(), cause.getMessage()),
                cause);
    }
}
