package dev.treadle.trigger.nats;

import dev.treadle.Event;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes events as messages in CloudEvents' binary mode. */
final class EventHeaders {
    private EventHeaders() {}

    /** The CloudEvents extension that says how many events of functions have led to one. */
    static final String HOPS = "ce-treadlehops";

    /** The headers of an event's message; its data is the event's. */
    static Headers of(Event event) {
        Headers headers = new Headers();
        put(headers, "specversion", "1.0");
        put(headers, "id", event.id());
        put(headers, "source", event.source().toString());
        put(headers, "type", event.type());
        event.subject().ifPresent(value -> put(headers, "subject", value));
        event.time().ifPresent(value -> put(headers, "time", value.toString()));
        event.dataSchema().ifPresent(value -> put(headers, "dataschema", value.toString()));
        event.dataContentType().ifPresent(value -> headers.put("content-type", value));
        event.extensions().forEach((name, value) -> put(headers, name, value));
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.put("ce-" + name, encode(value));
    }

    /** Printable ASCII goes as it is, but for the quote, the percent sign and the space. */
    private static String encode(String value) {
        if (isPlain(value)) {
            return value;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '%';
    }
}
