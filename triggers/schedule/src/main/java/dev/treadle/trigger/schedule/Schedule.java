package dev.treadle.trigger.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a function is called by the clock.
 *
 * @param id whose schedule it is
 * @param cron when it ticks
 * @param zone whose wall clock that means
 * @param overlap what to do when a tick finds the one before still running
 * @param missed what to do about ticks that nobody was there for
 */
public record Schedule(Id id, Cron cron, ZoneId zone, Overlap overlap, Missed missed) {
    /** A function's trigger. */
    public record Id(String function, String trigger) {
        @Override
        public String toString() {
            return function + "/" + trigger;
        }
    }

    /** What becomes of a tick while the one before still runs. */
    public enum Overlap {
        SKIP,
        QUEUE,
        ALLOW
    }

    /** What becomes of ticks that passed while nothing ran. */
    public enum Missed {
        SKIP,
        ONCE,
        ALL
    }

    /** The first tick after a moment. */
    public Optional<Instant> next(Instant after) {
        return cron.next(after, zone);
    }

    /** The ticks after one moment up to another, the first {@code max} of them. */
    List<Instant> between(Instant after, Instant until, int max) {
        List<Instant> ticks = new ArrayList<>();
        Optional<Instant> tick = next(after);
        while (ticks.size() < max && tick.isPresent() && !tick.get().isAfter(until)) {
            ticks.add(tick.get());
            tick = next(tick.get());
        }
        return ticks;
    }

    /** What the ticks depend on: when it changes, earlier ticks say nothing about missed ones. */
    String timing() {
        return cron + " " + zone.getId();
    }
}
