package dev.treadle.adapters;

/** Ends handlers that can be ended. */
public final class Closing {
    private Closing() {}

    /** Closes a handler that is {@link AutoCloseable}. */
    public static void close(Object handler) throws Exception {
        if (handler instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
