package dev.treadle.trigger.http;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.Request;
import dev.treadle.trigger.BytesRequest;
import dev.treadle.trigger.Input;
import dev.treadle.trigger.StoredRequest;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;

/**
 * The payload of a stored request: to a function the same as if the request had just come, but for
 * its time.
 */
public record StoredInput(StoredRequest request) implements Input {
    @Override
    public Request asRequest(Json json, long payloadBytesMax) {
        return new BytesRequest(request.head(), asBytes(payloadBytesMax), json, payloadBytesMax);
    }

    @Override
    public Event asEvent(Json json, long payloadBytesMax) {
        return HttpEvents.event(
                headers(),
                () -> asBytes(payloadBytesMax),
                new HttpEvents.Plain(request.id(), request.head().path(), request.accepted()),
                json);
    }

    /** The limit may be a stricter one than when the request was taken in. */
    @Override
    public byte[] asBytes(long payloadBytesMax) {
        PayloadLimit.of(payloadBytesMax, Long.MAX_VALUE).check(request.body().length);
        return request.body();
    }

    private ServerRequestHeaders headers() {
        WritableHeaders<?> headers = WritableHeaders.create();
        request.head()
                .headers()
                .forEach(
                        (name, values) ->
                                headers.set(HeaderValues.create(HeaderNames.create(name), values)));
        return ServerRequestHeaders.create(headers);
    }
}
