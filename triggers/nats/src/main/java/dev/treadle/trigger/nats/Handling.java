package dev.treadle.trigger.nats;

import dev.treadle.trigger.Input;
import io.nats.client.JetStreamApiException;
import java.io.IOException;

/** What a trigger makes of its messages, and of how they end. Safe for threads. */
interface Handling {
    /** Messages are events, and nobody waits for their ends. */
    Handling EVENTS = (delivery, arrival) -> new NatsInput(delivery.message(), arrival);

    /** The payload of the invocation that a message causes. */
    Input input(Delivery delivery, NatsEvents.Arrival arrival);

    /**
     * Hears how an attempt has ended before the server does. When it throws, the event is given
     * back and tried again.
     *
     * @return what becomes of the event
     */
    default Disposition ended(EventRun.Ended ended) throws IOException, JetStreamApiException {
        return ended.disposition();
    }
}
