package dev.treadle.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How an event trigger fares, in words. */
final class TriggerText {
    private TriggerText() {}

    /** Lines for the triggers that take events; none for the others. */
    static List<String> events(JsonNode triggers) {
        List<String> lines = new ArrayList<>();
        for (JsonNode trigger : triggers) {
            if (trigger.path("events").isObject()) {
                lines.add(trigger.path("name").asString("") + ": " + fares(trigger));
            }
        }
        return lines;
    }

    /** State, source, and how its events fare. */
    static String line(JsonNode trigger) {
        String text =
                "%s %s: %s"
                        .formatted(
                                trigger.path("name").asString(""),
                                trigger.path("source").asString(""),
                                trigger.path("state").asString("-"));
        return trigger.path("events").isObject() ? text + "; " + fares(trigger) : text;
    }

    private static String fares(JsonNode trigger) {
        JsonNode events = trigger.path("events");
        String reason = trigger.path("reason").asString("");
        return "%s%slag %s, pending %s, redelivered %s; here %d handled, %d retried, %d refused, %d passed over, %d dead letters, %d running"
                .formatted(
                        reason,
                        reason.isEmpty() ? "" : "; ",
                        number(events.path("lag")),
                        number(events.path("pending")),
                        number(events.path("redelivered")),
                        events.path("handled").asLong(0),
                        events.path("retried").asLong(0),
                        events.path("refused").asLong(0),
                        events.path("filtered").asLong(0),
                        events.path("deadLetters").asLong(0),
                        events.path("active").asLong(0));
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? value.asString() : "?";
    }
}
