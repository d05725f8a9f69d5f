package dev.treadle.trigger.nats;

import dev.treadle.trigger.AsyncCall;
import dev.treadle.trigger.StoredRequest;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.net.URI;

/**
 * Tells those who want to know how a call has ended. What it says is on its way for sure when it
 * returns; said again, it is the same. Safe for threads.
 */
record Announcer(Webhooks webhooks) {
    /**
     * Tells of a call.
     *
     * @param bytesMax how large a body may be
     */
    void announce(StoredRequest request, CallRecord record, long bytesMax)
            throws IOException, JetStreamApiException {
        if (record.call().state() == AsyncCall.State.CANCELLED || request.callback().isEmpty()) {
            return; // who cancels a call wants to hear no more of it
        }
        webhooks.send(
                new Webhook(
                        request.id(),
                        request.target().function(),
                        URI.create(request.callback().get()),
                        false,
                        StructuredWriter.write(OutcomeEvents.of(record, bytesMax))));
    }
}
