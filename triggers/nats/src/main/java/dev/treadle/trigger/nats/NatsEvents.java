package dev.treadle.trigger.nats;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.Json;
import dev.treadle.trigger.Lineage;
import dev.treadle.trigger.TraceContext;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages as events: CloudEvents' NATS protocol binding in binary and structured mode, and
 * plain messages. Safe for threads.
 */
final class NatsEvents {
    static final String PLAIN_TYPE = "dev.treadle.nats.message";

    private static final String PREFIX = "ce-";
    private static final String STRUCTURED = "application/cloudevents";

    private NatsEvents() {}

    /**
     * Where a message comes from.
     *
     * @param id what a plain message is known by when its sender gave it no id
     * @param source where a plain message happened
     * @param time when a plain message happened
     */
    record Arrival(String id, URI source, Instant time) {
        /** Of an event in a stream. */
        static Arrival of(String stream, long sequence, Instant published) {
            return of(stream, source(stream), sequence, published);
        }

        /** Of an event in a stream whose {@link #source} is at hand. */
        static Arrival of(String stream, URI source, long sequence, Instant published) {
            return new Arrival(stream + ":" + sequence, source, published);
        }

        static URI source(String stream) {
            return URI.create("/streams/" + stream);
        }
    }

    /**
     * The event of a message.
     *
     * @throws HttpError when it says to be a CloudEvent and is not a legal one
     */
    static Event read(Message message, Arrival arrival, Json json) {
        String contentType = header(message, "content-type").orElse("");
        String mediaType = mediaType(contentType);
        if (mediaType.startsWith(STRUCTURED)) {
            return StructuredEvents.read(mediaType, data(message), json);
        }
        if (header(message, "ce-specversion").isPresent()) {
            return binary(message, contentType, json);
        }
        return plain(message, arrival, contentType, json);
    }

    private static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static Event binary(Message message, String contentType, Json json) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> header : headers(message).entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX) && !header.getValue().isEmpty()) {
                attributes.put(
                        name.substring(PREFIX.length()), decode(header.getValue().getFirst()));
            }
        }
        if (!contentType.isEmpty()) {
            attributes.put("datacontenttype", contentType);
        }
        return EventAttributes.begin(attributes, json).data(data(message)).build();
    }

    private static Event plain(Message message, Arrival arrival, String contentType, Json json) {
        Event.Builder event =
                Event.builder(PLAIN_TYPE, json)
                        .id(header(message, "nats-msg-id").orElse(arrival.id()))
                        .source(arrival.source())
                        .subject(message.getSubject())
                        .time(arrival.time())
                        .data(data(message));
        if (!contentType.isEmpty()) {
            event.dataContentType(contentType);
        }
        header(message, "traceparent").ifPresent(value -> event.extension("traceparent", value));
        return event.build();
    }

    /** The trace that a message belongs to. */
    static Optional<TraceContext> trace(Message message) {
        return header(message, "traceparent")
                .or(() -> header(message, "ce-traceparent"))
                .flatMap(parent -> TraceContext.parse(parent, header(message, "tracestate")));
    }

    /** What an event descends from at its first attempt. */
    static Lineage lineage(Message message, String origin) {
        return Lineage.first(origin, trace(message)).hops(hops(message));
    }

    static int hops(Message message) {
        try {
            return header(message, EventHeaders.HOPS)
                    .map(text -> Math.max(0, Integer.parseInt(text)))
                    .orElse(0);
        } catch (NumberFormatException e) {
            return 0; // somebody else's
        }
    }

    static Optional<String> header(Message message, String name) {
        Headers headers = message.getHeaders();
        List<String> values = headers == null ? null : headers.getIgnoreCase(name);
        return values == null || values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getFirst());
    }

    /** All headers; empty when there are none. */
    static Map<String, List<String>> headers(Message message) {
        Headers headers = message.getHeaders();
        Map<String, List<String>> all = new LinkedHashMap<>();
        if (headers != null) {
            headers.forEach((name, values) -> all.put(name, List.copyOf(values)));
        }
        return all;
    }

    /** The data; empty when there is none. */
    static byte[] data(Message message) {
        byte @Nullable [] data = message.getData();
        return data == null ? new byte[0] : data;
    }

    /** Header values are percent-encoded, as in the HTTP binding; a plus is a plus. */
    private static String decode(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("the header value '" + value + "' is not percent-encoded");
        }
    }
}
