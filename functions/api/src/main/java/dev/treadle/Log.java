package dev.treadle;

/**
 * A function's log. Messages may have {@code {}} for each argument; a {@link Throwable} as the last
 * argument that no {@code {}} takes is written with its stack trace. Safe for threads.
 */
public interface Log {
    /** How much a line matters. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Whether lines of this level are kept. */
    boolean enabled(Level level);

    /** Writes a line. */
    void log(Level level, String message, Object... arguments);

    default void debug(String message, Object... arguments) {
        log(Level.DEBUG, message, arguments);
    }

    default void info(String message, Object... arguments) {
        log(Level.INFO, message, arguments);
    }

    default void warn(String message, Object... arguments) {
        log(Level.WARN, message, arguments);
    }

    default void error(String message, Object... arguments) {
        log(Level.ERROR, message, arguments);
    }
}
