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
}
