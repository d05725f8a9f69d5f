package dev.treadle.engine;

import dev.treadle.Log;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which log lines are wanted.
 *
 * @param after lines with a greater sequence only; 0 for all
 * @param limit at most so many, the newest
 */
public record LogQuery(
        Optional<String> invocation,
        OptionalInt release,
        Log.Level level,
        Optional<Instant> since,
        Optional<String> contains,
        long after,
        int limit) {

    boolean matches(LogLine line) {
        return line.sequence() > after
                && line.level().compareTo(level) >= 0
                && (release.isEmpty() || release.getAsInt() == line.release())
                && (invocation.isEmpty() || invocation.equals(line.invocation()))
                && (since.isEmpty() || !line.time().isBefore(since.get()))
                && (contains.isEmpty() || line.message().contains(contains.get()));
    }

    /** The same, from a later line on. */
    public LogQuery after(long sequence) {
        return new LogQuery(invocation, release, level, since, contains, sequence, limit);
    }
}
