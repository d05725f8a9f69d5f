package dev.treadle.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Which records are wanted; {@code limit} newest of those that match. */
public record RecordQuery(
        Optional<String> function,
        OptionalInt release,
        Optional<InvocationRecord.Status> status,
        Optional<String> id,
        Optional<Instant> since,
        Optional<Instant> until,
        int limit) {

    boolean matches(InvocationRecord record) {
        return (release.isEmpty() || release.getAsInt() == record.release())
                && (status.isEmpty() || status.get() == record.status())
                && (id.isEmpty() || id.get().equals(record.id()))
                && (since.isEmpty() || !record.start().isBefore(since.get()))
                && (until.isEmpty() || record.start().isBefore(until.get()));
    }
}
