package dev.treadle.trigger.http;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.Input;

/** The payload of one exchange, converted when it is known into what. */
record HttpInput(HttpEvents events, Exchange exchange, PathVariables variables) implements Input {
    @Override
    public Request asRequest(Json json, long payloadBytesMax) {
        RequestBody body = events.body(exchange, payloadBytesMax);
        body.requireFitting();
        return new RoutedRequest(exchange, variables, body, json);
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        return events.event(exchange, json, payloadBytesMax);
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        return events.body(exchange, payloadBytesMax).bytes();
    }
}
