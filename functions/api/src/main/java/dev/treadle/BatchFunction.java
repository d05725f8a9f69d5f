package dev.treadle;

/**
 * A function that handles several events at once, as many as a trigger's {@code batch} gathers.
 * Where a trigger gathers none, each event is a batch of its own. Delivery is at least once.
 *
 * <pre>{@code
 * public final class Store implements BatchFunction {
 *     public void handle(Batch batch, Context context) {
 *         for (Event event : batch) {
 *             try {
 *                 store(event);
 *             } catch (IOException e) {
 *                 batch.fail(event, e);
 *             }
 *         }
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface BatchFunction extends Handler {
    /**
     * Handles a batch. Returning means that all its events are done with but those reported to
     * {@link Batch#fail}. Throwing means that none is; each of them is then tried again alone, so
     * that one bad event does not hold up the others.
     *
     * @param batch the events
     * @param context what the platform offers to this call; the ids of what it publishes follow
     *     from the first event
     * @throws Exception as an {@link EventFunction} may, on behalf of all events
     */
    void handle(Batch batch, Context context) throws Exception;
}
