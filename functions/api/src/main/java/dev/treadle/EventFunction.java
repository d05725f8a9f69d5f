package dev.treadle;

/**
 * A function that handles an event. Delivery is at least once: the same {@link Event#id()} may come
 * again.
 */
@FunctionalInterface
public interface EventFunction extends Handler {
    /**
     * Handles one event. Returning means that the event is done with.
     *
     * @param event the event
     * @param context what the platform offers to this call
     * @throws Permanent when trying again would not help
     * @throws RetryAfter when trying again is worthwhile after a pause
     * @throws Exception anything else is tried again by the trigger's rule
     */
    void handle(Event event, Context context) throws Exception;
}
