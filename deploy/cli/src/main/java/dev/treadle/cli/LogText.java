package dev.treadle.cli;

import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Documents;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A log line as people read it. */
public final class LogText {
    private LogText() {}

    /** {@code 2026-11-01 12:00:00.123 INFO v3 01K…: text}. */
    public static String of(String json, Console console) {
        try {
            JsonNode line = Documents.parse(json);
            String level = line.path("level").asString("");
            return "%s %s v%d %s%s"
                    .formatted(
                            Texts.timeWithMillis(line.path("time").asString("")),
                            paint(level, console),
                            line.path("release").asInt(0),
                            line.hasNonNull("invocation")
                                    ? line.path("invocation").asString() + ": "
                                    : "",
                            line.path("message").asString(""));
        } catch (JacksonException e) {
            return json; // better odd than lost
        }
    }

    private static String paint(String level, Console console) {
        String padded = "%-5s".formatted(level);
        return switch (level) {
            case "ERROR" -> console.paint(Console.Colour.RED, padded);
            case "WARN" -> console.paint(Console.Colour.YELLOW, padded);
            default -> padded;
        };
    }
}
