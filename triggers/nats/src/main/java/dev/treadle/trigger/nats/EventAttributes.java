package dev.treadle.trigger.nats;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.Json;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** Makes events of CloudEvents 1.0 context attributes by their names in lower case. */
final class EventAttributes {
    private EventAttributes() {}

    /**
     * Begins an event.
     *
     * @throws BadRequest naming the attribute that is missing or wrong
     */
    static Event.Builder begin(Map<String, String> attributes, Json json) {
        String version = required(attributes, "specversion");
        if (!version.equals("1.0")) {
            throw new BadRequest(
                    "the CloudEvents attribute specversion is '%s'; this node reads 1.0"
                            .formatted(version));
        }
        Event.Builder event =
                Event.builder(required(attributes, "type"), json)
                        .id(required(attributes, "id"))
                        .source(uri("source", required(attributes, "source")));
        attributes.forEach((name, value) -> add(event, name, value));
        return event;
    }

    private static void add(Event.Builder event, String name, String value) {
        try {
            switch (name) {
                case "specversion", "type", "id", "source" -> {}
                case "subject" -> event.subject(value);
                case "time" -> event.time(time(value));
                case "dataschema" -> event.dataSchema(uri(name, value));
                case "datacontenttype" -> event.dataContentType(value);
                default -> event.extension(name, value);
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequest(
                    "the CloudEvents attribute %s is wrong: %s".formatted(name, e.getMessage()));
        }
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new BadRequest("the CloudEvents attribute " + name + " is missing");
        }
        return value;
    }

    private static Instant time(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequest(
                    "the CloudEvents attribute time is '%s', not a time such as 2026-01-31T12:00:00Z"
                            .formatted(value));
        }
    }

    private static URI uri(String name, String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(
                    "the CloudEvents attribute %s is '%s', not a URI".formatted(name, value));
        }
    }
}
