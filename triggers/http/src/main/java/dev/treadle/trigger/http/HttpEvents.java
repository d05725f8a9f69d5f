package dev.treadle.trigger.http;

import dev.treadle.Event;
import dev.treadle.Json;
import dev.treadle.trigger.Input;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

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
        return event(
                exchange.requestHeaders(),
                body(exchange, functionBytesMax)::bytes,
                new Plain(exchange.invocation(), exchange.path(), time.instant()),
                json);
    }

    /**
     * What a plain request's event says of itself.
     *
     * @param id the event's id
     * @param path the request's, encoded
     */
    record Plain(String id, String path, Instant time) {}

    /** The same for a request that is there in parts. */
    static Event event(
            ServerRequestHeaders headers, Supplier<byte[]> body, Plain plain, Json json) {
        String mediaType = MediaTypes.of(headers);
        if (mediaType.startsWith("application/cloudevents")) {
            StructuredEvents.requireJson(mediaType);
            return StructuredEvents.read(body.get(), json);
        }
        if (BinaryEvents.isOne(headers)) {
            return BinaryEvents.read(headers, body.get(), json);
        }
        Event.Builder event =
                Event.builder(PLAIN_TYPE, json)
                        .id(plain.id())
                        .source(URI.create(plain.path()))
                        .time(plain.time())
                        .data(body.get());
        headers.first(HeaderNames.CONTENT_TYPE).ifPresent(event::dataContentType);
        return event.build();
    }
}
