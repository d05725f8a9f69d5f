package dev.treadle.cli;

import dev.treadle.cli.console.Session;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Tells on standard error how far a replay is, once it takes longer than a second. */
final class ReplayProgress {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration NEXT = Duration.ofSeconds(5);

    private final Session session;
    private long dueNanos;
    private long last;
    private long at;
    private long events;

    ReplayProgress(Session session, long nowNanos) {
        this.session = session;
        this.dueNanos = nowNanos + FIRST.toNanos();
    }

    void count(JsonNode line) {
        if (line.has("begin")) {
            at = line.path("begin").path("first").asLong();
            last = line.path("begin").path("last").asLong();
        } else if (line.has("event")) {
            at = line.path("event").path("sequence").asLong();
            events++;
        }
    }

    void look(long nowNanos) {
        if (nowNanos - dueNanos >= 0) {
            dueNanos = nowNanos + NEXT.toNanos();
            session.console().note("… %d events, at number %d of %d".formatted(events, at, last));
        }
    }
}
