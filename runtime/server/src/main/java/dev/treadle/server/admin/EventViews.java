package dev.treadle.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.treadle.server.NamedFiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The admin API's documents on events, named as the schemas in {@code openapi.yaml}. */
final class EventViews {
    private EventViews() {}

    record Publish(
            Optional<String> subject,
            Optional<String> id,
            Optional<Map<String, String>> headers,
            Optional<String> data,
            Optional<String> dataBase64) {}

    record Published(String stream, long sequence, boolean duplicate) {}

    record DeadLetterList(List<DeadLetter> deadLetters, long total) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record DeadLetter(
            long id,
            String function,
            String trigger,
            String reason,
            String code,
            String message,
            Optional<Cause> error,
            int attempts,
            OptionalInt release,
            String stream,
            long sequence,
            String subject,
            Instant published,
            Instant died,
            int dataBytes,
            Optional<Map<String, List<String>>> headers,
            Optional<String> data,
            Optional<String> dataBase64) {}

    record Cause(String type, String message) {}

    record Filter(
            Optional<String> reason,
            Optional<String> contains,
            Optional<Instant> since,
            Optional<Instant> until) {}

    record Redrive(
            Optional<List<Long>> ids,
            Optional<Filter> filter,
            Optional<String> target,
            OptionalInt rate,
            OptionalInt limit,
            Optional<Boolean> dryRun) {}

    record Redriven(
            int selected,
            int redriven,
            int failed,
            boolean more,
            boolean dryRun,
            List<Failure> failures) {}

    record Failure(long id, String message) {}

    record Purged(int purged) {}

    record TestEventList(List<NamedFiles.Entry> events) {}
}
