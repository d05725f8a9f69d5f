package dev.treadle.trigger.nats;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.Input;
import io.nats.client.Message;

/** A message as an invocation's payload. */
record NatsInput(Message message, NatsEvents.Arrival arrival) implements Input {
    @Override
    public Request asRequest(Json json, long payloadBytesMax) {
        throw new BadRequest(
                "an HTTP function cannot take a NATS message; its class must be an EventFunction or a TypedFunction");
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        checkSize(payloadBytesMax);
        return NatsEvents.read(message, arrival, json);
    }

    /** A typed function gets the event's data. */
    @Override
    public byte[] asBytes(long payloadBytesMax) {
        checkSize(payloadBytesMax);
        return NatsEvents.read(message, arrival, NoJson.INSTANCE).data();
    }

    private void checkSize(long payloadBytesMax) {
        int size = NatsEvents.data(message).length;
        if (size > payloadBytesMax) {
            throw new HttpError(
                    413,
                    "the payload has %d bytes; limits.payload allows %d"
                            .formatted(size, payloadBytesMax));
        }
    }
}
