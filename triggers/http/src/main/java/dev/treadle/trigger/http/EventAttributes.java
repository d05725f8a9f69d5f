package dev.treadle.trigger.http;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 context attributes as they came, by their names in lower case. */
record EventAttributes(Map<String, String> values) {
    private static final String VERSION = "1.0";

    /**
     * Begins an event with all attributes.
     *
     * @throws BadRequest naming the attribute that is missing or wrong
     */
    Event.Builder event(Json json) {
        String version = required("specversion");
        if (!version.equals(VERSION)) {
            throw wrong("specversion", "is '" + version + "'; this node reads " + VERSION);
        }
        Event.Builder event =
                Event.builder(required("type"), json)
                        .id(required("id"))
                        .source(uri("source", required("source")));
        values.forEach((name, value) -> add(event, name, value));
        return event;
    }

    private static void add(Event.Builder event, String name, String value) {
        switch (name) {
            case "specversion", "type", "id", "source" -> {}
            case "subject" -> event.subject(text(name, value));
            case "time" -> event.time(time(value));
            case "dataschema" -> event.dataSchema(uri(name, text(name, value)));
            case "datacontenttype" -> event.dataContentType(text(name, value));
            default -> extension(event, name, value);
        }
    }

    private static void extension(Event.Builder event, String name, String value) {
        try {
            event.extension(name, value);
        } catch (IllegalArgumentException e) {
            throw wrong(name, "has a name with other than lower-case letters and digits");
        }
    }

    private String required(String name) {
        @Nullable String value = values.get(name);
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return text(name, value);
    }

    private static String text(String name, String value) {
        if (value.isEmpty()) {
            throw wrong(name, "is empty");
        }
        return value;
    }

    private static URI uri(String name, String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw wrong(name, "is no URI reference: '" + value + "'");
        }
    }

    private static Instant time(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw wrong("time", "is no RFC 3339 time: '" + value + "'");
        }
    }

    private static BadRequest wrong(String name, String what) {
        return new BadRequest("the CloudEvents attribute " + name + " " + what);
    }
}
