package dev.treadle.trigger.http;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.trigger.Input;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.net.URI;
import java.time.InstantSource;

/** Turns requests into what functions take in. Safe for threads. */
final class HttpEvents {
    static final String PLAIN_TYPE = "dev.treadle.http.request";

    private final long payloadBytesMax;
    private final InstantSource time;

    /**
     * @param payloadBytesMax the node's limit, whatever functions allow
     */
    HttpEvents(long payloadBytesMax, InstantSource time) {
        this.payloadBytesMax = payloadBytesMax;
        this.time = time;
    }

    Input input(Exchange exchange, PathVariables variables) {
        return new HttpInput(this, exchange, variables);
    }

    RequestBody body(Exchange exchange, long functionBytesMax) {
        return new RequestBody(
                exchange.request(), PayloadLimit.of(functionBytesMax, payloadBytesMax));
    }

    /** A CloudEvent in binary or structured mode, or an event made of a plain request. */
    Event event(Exchange exchange, Json json, long functionBytesMax) {
        ServerRequestHeaders headers = exchange.requestHeaders();
        String mediaType = MediaTypes.of(headers);
        if (mediaType.startsWith("application/cloudevents")) {
            StructuredEvents.requireJson(mediaType);
            return StructuredEvents.read(body(exchange, functionBytesMax).bytes(), json);
        }
        if (BinaryEvents.isOne(headers)) {
            return BinaryEvents.read(headers, body(exchange, functionBytesMax).bytes(), json);
        }
        return plain(exchange, body(exchange, functionBytesMax).bytes(), json);
    }

    private Event plain(Exchange exchange, byte[] data, Json json) {
        Event.Builder event =
                Event.builder(PLAIN_TYPE, json)
                        .id(exchange.invocation())
                        .source(URI.create(exchange.path()))
                        .time(time.instant())
                        .data(data);
        exchange.requestHeaders().first(HeaderNames.CONTENT_TYPE).ifPresent(event::dataContentType);
        return event.build();
    }
}
