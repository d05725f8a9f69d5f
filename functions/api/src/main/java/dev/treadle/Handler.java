package dev.treadle;

/**
 * What all kinds of functions have in common: a beginning and an end.
 *
 * <p>Authors implement one of {@link HttpFunction}, {@link EventFunction}, {@link BatchFunction},
 * {@link TypedFunction}.
 */
public interface Handler {
    /**
     * Runs once, before the first call of this instance. A release whose start fails does not go
     * live.
     *
     * @param context configuration, secrets and the log; may be kept
     * @throws Exception to refuse to start; the message is shown to whoever deploys
     */
    default void start(FunctionContext context) throws Exception {}

    /**
     * Runs once, after the last call of this instance has ended. Everything the function opened
     * (threads, connections, files) ends here.
     *
     * @throws Exception when closing failed; it is logged, nothing else
     */
    default void close() throws Exception {}
}
