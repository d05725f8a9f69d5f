package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.StoredRequest;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Tells those who want to know how a call has ended. What it says is on its way for sure when it
 * returns; said again, it is the same. Safe for threads.
 */
record Announcer(Webhooks webhooks, Courier courier) {
    private static final System.Logger LOG = System.getLogger(AsyncTrigger.class.getName());

    /**
     * Tells of a call.
     *
     * @param destinations where the function's manifest wants it told
     * @param bytesMax how large a body may be
     */
    void announce(
            StoredRequest request, CallRecord record, Destinations destinations, long bytesMax)
            throws IOException, JetStreamApiException {
        AsyncCall.State state = record.call().state();
        Optional<Destination> destination = destinations.of(state == AsyncCall.State.SUCCEEDED);
        boolean wanted = request.callback().isPresent() || destination.isPresent();
        if (state == AsyncCall.State.CANCELLED || !wanted) {
            return; // who cancels a call wants to hear no more of it
        }
        Event event = OutcomeEvents.of(record, bytesMax);
        if (request.callback().isPresent()) {
            webhooks.send(
                    new Webhook(
                            request.id(),
                            request.target().function(),
                            URI.create(request.callback().get()),
                            false,
                            StructuredWriter.write(event)));
        }
        if (destination.isPresent()) {
            deliver(destination.get(), request, event);
        }
    }

    /** The call has ended as it has: its record and, if it failed, its dead letter are there. */
    private void deliver(Destination to, StoredRequest request, Event event)
            throws IOException, JetStreamApiException {
        String function = request.target().function();
        try {
            courier.deliver(
                    to,
                    new Told(
                            "outcome:" + request.id(),
                            function,
                            event,
                            request.hops(),
                            request.trace()));
        } catch (Undeliverable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: the outcome of the call {1} cannot be delivered: {2}",
                    function,
                    request.id(),
                    e.getMessage());
        }
    }
}
