package dev.treadle;

/** What the platform offers to one call. Valid during the call; safe for the threads it starts. */
public interface Context extends FunctionContext {
    /** This run: id, attempt, deadline, release. */
    Invocation invocation();

    /**
     * Begins an event whose source is this function and whose id follows from the invocation's
     * event and a counter, so that running the same event again makes the same ids.
     *
     * @param type the CloudEvents type, e.g. {@code order.accepted}
     */
    Event.Builder event(String type);

    /**
     * Publishes an event to a NATS subject and returns when a JetStream stream has stored it. The
     * message's id follows from the invocation's event and a counter, as {@link #event} does: when
     * the same event is run again, the stream drops what it already has, for as long as its
     * deduplication window says.
     *
     * @param subject without wildcards, e.g. {@code orders.accepted}
     * @param event goes out in the CloudEvents binary mode
     * @throws PublishFailed when no stream has confirmed it
     * @throws Permanent when a chain of sixteen events, each published by a function for the one
     *     before, has led here: functions seem to cause each other's events in a circle
     */
    void publish(String subject, Event event);
}
