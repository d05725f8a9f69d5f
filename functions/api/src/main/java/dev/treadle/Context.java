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

    /**
     * Calls another function and returns when it has answered. The manifest lists it under {@code
     * calls}. It runs on the calling thread, within what is left of this call's deadline and of its
     * own, under its own limits and with an invocation of its own in the same trace. An event that
     * runs again makes the same calls again: what the called function publishes goes out under the
     * same ids as before.
     *
     * <p>It may call further, sixteen functions deep at most, itself included. A call waits for its
     * turn no longer than half of what this call has left.
     *
     * @param function its name, for the alias {@code live}; or {@code NAME@alias}, {@code NAME@v7}
     * @param payload an {@link HttpCall} for HTTP functions; an {@link Event} for event functions
     *     (and typed ones, which get its data); bytes and text as they are; anything else goes as
     *     JSON. Event functions get an event around what is none, HTTP functions a POST to {@code
     *     /}
     * @return whatever it answered; statuses of 400 and more too, when it answered with one instead
     *     of throwing
     * @throws CallFailed when there is no such function, when it may not be called from here, and
     *     when it has failed
     * @throws IllegalStateException when this call has ended
     */
    Reply call(String function, Object payload);

    /**
     * Calls another function, as {@link #call(String, Object)} does, and reads its answer.
     *
     * @param result {@code String}, {@code byte[]}, or what to read the answer's JSON into
     * @throws CallFailed also when the answer has a status of 400 or more, or does not fit
     */
    default <T> T call(String function, Object payload, Class<T> result) {
        return call(function, payload).value(function, result);
    }

    /**
     * The keys and values that the manifest binds under this name: {@code bindings: {cache: {kv:
     * sessions}}}.
     *
     * @throws IllegalArgumentException when the manifest binds nothing of this kind there
     */
    Kv kv(String binding);

    /**
     * The table that the manifest binds under this name: {@code bindings: {orders: {table: orders,
     * key: {partition: {customer: text}}}}}.
     *
     * @throws IllegalArgumentException when the manifest binds nothing of this kind there
     */
    Table table(String binding);

    /**
     * The model that the manifest binds under this name: {@code bindings: {clip: {model:
     * clip-vit-b32}}}.
     *
     * @throws BindingFailed when there is no such model on the node, or nothing of it is live
     * @throws IllegalArgumentException when the manifest binds nothing of this kind there
     */
    Model model(String binding);

    /**
     * The blobs that the manifest binds under this name: {@code bindings: {photos: {blobs:
     * photos}}}.
     *
     * @throws IllegalArgumentException when the manifest binds nothing of this kind there
     */
    Blobs blobs(String binding);

    /**
     * The documents that the manifest binds under this name: {@code bindings: {words: {search:
     * articles}}}.
     *
     * @throws IllegalArgumentException when the manifest binds nothing of this kind there
     */
    Search search(String binding);

    /**
     * The vectors that the manifest binds under this name: {@code bindings: {passages: {vectors:
     * passages, dimensions: 384}}}.
     *
     * @throws IllegalArgumentException when the manifest binds nothing of this kind there
     */
    Vectors vectors(String binding);
}
