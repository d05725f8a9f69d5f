package dev.treadle.trigger.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * Remembers how far each schedule has come, beyond the life of the process. Safe for threads.
 *
 * <p>All methods throw {@link java.io.UncheckedIOException} when the store cannot be read or
 * written.
 */
public interface TickStore {
    /**
     * How far a schedule has come.
     *
     * @param timing what its ticks depend on, as it was then
     * @param last the last tick that was dealt with, or when the schedule began
     */
    record Mark(String timing, Instant last) {}

    /** Empty for a schedule that is not known. */
    Optional<Mark> read(Schedule.Id id);

    /** Notes where a new or changed schedule begins. */
    void begin(Schedule.Id id, Mark mark);

    /**
     * Moves a schedule's mark on to a tick.
     *
     * @return whether this node may fire it; false when another one has
     */
    boolean claim(Schedule.Id id, Mark mark);

    /** Forgets a schedule that is no longer deployed. */
    void forget(Schedule.Id id);
}
