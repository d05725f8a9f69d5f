package dev.treadle.trigger.nats;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.BytesRequest;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.RequestHead;
import io.nats.client.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as an invocation's payload: an HTTP function gets it as a POST to {@code /}. */
record RpcInput(Message message, NatsInput event) implements Input {
    @Override
    public Request asRequest(Json json, long payloadBytesMax) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        NatsEvents.headers(message)
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new BytesRequest(
                RequestHead.post(headers), NatsEvents.data(message), json, payloadBytesMax);
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        return event.asEvent(json, payloadBytesMax);
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        return event.asBytes(payloadBytesMax);
    }
}
