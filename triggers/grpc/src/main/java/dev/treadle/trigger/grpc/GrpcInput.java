package dev.treadle.trigger.grpc;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.BytesRequest;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.RequestHead;
import dev.treadle.trigger.grpc.v1.InvokeRequest;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A call as an invocation's payload: an HTTP function gets it as a POST to {@code /}, an event
 * function as an event made of it.
 *
 * @param invocation the event's id
 */
record GrpcInput(InvokeRequest call, String invocation, Instant time) implements Input {
    static final String EVENT_TYPE = "dev.treadle.grpc.request";

    private static final URI SOURCE = URI.create("/grpc");
    private static final String CONTENT_TYPE = "content-type";

    @Override
    public Request asRequest(Json json, long payloadBytesMax) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        call.getHeadersMap()
                .forEach(
                        (name, value) ->
                                headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        if (!call.getContentType().isEmpty()) {
            headers.put(CONTENT_TYPE, List.of(call.getContentType()));
        }
        return new BytesRequest(
                RequestHead.post(headers), call.getData().toByteArray(), json, payloadBytesMax);
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        Event.Builder event =
                Event.builder(EVENT_TYPE, json)
                        .id(invocation)
                        .source(SOURCE)
                        .time(time)
                        .data(asBytes(payloadBytesMax));
        if (!call.getContentType().isEmpty()) {
            event.dataContentType(call.getContentType());
        }
        return event.build();
    }

    @Override
    public byte[] asBytes(long payloadBytesMax) {
        byte[] data = call.getData().toByteArray();
        BytesRequest.requireFits(data, payloadBytesMax);
        return data;
    }
}
