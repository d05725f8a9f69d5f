package dev.treadle.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How a trigger fares, in words. */
final class TriggerText {
    private TriggerText() {}

    /** Lines for the triggers of which there is more to say; none for the others. */
    static List<String> notes(JsonNode triggers) {
        List<String> lines = new ArrayList<>();
        for (JsonNode trigger : triggers) {
            String more = more(trigger);
            if (!more.isEmpty()) {
                lines.add(trigger.path("name").asString("") + ": " + more);
            }
        }
        return lines;
    }

    /** Source, and state with all that there is to say. */
    static String line(JsonNode trigger) {
        String more = more(trigger);
        return "%s %s: %s%s"
                .formatted(
                        trigger.path("name").asString(""),
                        trigger.path("source").asString(""),
                        trigger.path("state").asString("-"),
                        more.isEmpty() ? "" : "; " + more);
    }

    private static String more(JsonNode trigger) {
        List<String> parts = new ArrayList<>();
        String reason = trigger.path("reason").asString("");
        if (!reason.isEmpty()) {
            parts.add(reason);
        }
        if (trigger.path("events").isObject()) {
            parts.add(fares(trigger.path("events")));
        }
        return String.join("; ", parts);
    }

    private static String fares(JsonNode events) {
        return "lag %s, pending %s, redelivered %s, dead letters %s; here %d handled, %d retried, %d refused, %d passed over, %d given up, %d running"
                .formatted(
                        number(events.path("lag")),
                        number(events.path("pending")),
                        number(events.path("redelivered")),
                        number(events.path("deadLettersKept")),
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
