package dev.treadle.server.pauses;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last word on one trigger: that it is paused, or that it goes on. The younger one counts,
 * whichever node it was said on.
 *
 * @param paused whether the trigger is paused
 * @param at when that was said
 * @param by who says to have said it; empty when it is not known
 * @param reason why; empty when nobody gave one
 */
public record Pause(boolean paused, Instant at, String by, String reason) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A trigger. */
    public record Key(String function, String trigger) {
        /** As a file and as a key of the bucket: both names are DNS labels without a dot. */
        String text() {
            return function + "." + trigger;
        }

        static boolean isLegal(String text) {
            return text.matches("[a-z0-9-]+\\.[a-z0-9-]+");
        }

        static Key parse(String text) {
            int dot = text.indexOf('.');
            return new Key(text.substring(0, dot), text.substring(dot + 1));
        }
    }

    boolean isYoungerThan(Pause other) {
        return at.isAfter(other.at);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    /**
     * Reads what {@link #json} wrote, and the lone time that was written before.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static Pause parse(String text) {
        try {
            return text.startsWith("{")
                    ? JSON.readValue(text, Pause.class)
                    : new Pause(true, Instant.parse(text.strip()), "", "");
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("no pause: " + text, e);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return "%s%s since %s%s"
                .formatted(
                        paused ? "paused" : "active",
                        by.isEmpty() ? "" : " by " + by,
                        at.truncatedTo(ChronoUnit.SECONDS),
                        reason.isEmpty() ? "" : ": " + reason);
    }
}
