package dev.treadle.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when told to. Safe for threads. */
public final class VirtualClock implements InstantSource {
    private Instant now;

    private VirtualClock(Instant now) {
        this.now = now;
    }

    /** A clock that stands at this instant. */
    public static VirtualClock at(Instant now) {
        return new VirtualClock(now);
    }

    /** A clock that stands at an ISO instant, e.g. {@code 2026-11-01T12:00:00Z}. */
    public static VirtualClock at(String now) {
        return at(Instant.parse(now));
    }

    /** Moves the clock. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }
}
