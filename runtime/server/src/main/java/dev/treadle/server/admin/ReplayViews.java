package dev.treadle.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The admin API's documents on replays, named as the schemas in {@code openapi.yaml}. */
final class ReplayViews {
    private ReplayViews() {}

    /** What is asked for. */
    record Replay(
            Optional<String> trigger,
            Optional<Instant> from,
            Optional<Instant> to,
            OptionalLong fromSequence,
            OptionalLong toSequence,
            Optional<String> filter,
            OptionalLong limit,
            OptionalInt rate,
            Optional<String> target,
            Optional<Boolean> dryRun,
            Optional<Compare> compare,
            Optional<String> id) {}

    /** Two aliases or releases, and the members whose values do not matter. */
    record Compare(String before, String after, Optional<List<String>> ignore) {}

    /** One line of the answer: one of the three. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Line(Optional<Begin> begin, Optional<Ran> event, Optional<End> end) {
        static Line of(Begin begin) {
            return new Line(Optional.of(begin), Optional.empty(), Optional.empty());
        }

        static Line of(Ran event) {
            return new Line(Optional.empty(), Optional.of(event), Optional.empty());
        }

        static Line of(End end) {
            return new Line(Optional.empty(), Optional.empty(), Optional.of(end));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Begin(
            String stream,
            String subject,
            long first,
            long last,
            OptionalLong streamBegins,
            Optional<Gaps> gaps) {}

    record Gaps(long events, List<Range> ranges) {}

    record Range(long first, long last) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Ran(
            long sequence,
            String subject,
            Instant published,
            List<Output> outputs,
            Optional<List<Difference>> differences) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Output(
            String invocation,
            OptionalInt release,
            int attempts,
            String outcome,
            OptionalInt status,
            Optional<String> code,
            Optional<String> message,
            Optional<EventViews.Cause> error,
            Optional<Body> answer,
            Optional<List<Published>> publishes,
            Optional<List<Change>> changes) {}

    /** What would have been changed in a store. */
    record Change(String function, String binding, String change) {}

    /** JSON, or text, or neither of them. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Body(String contentType, Optional<JsonNode> body, Optional<String> bodyBase64) {}

    /** The event is in the JSON format of CloudEvents. */
    record Published(String subject, String messageId, JsonNode event) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Difference(String path, Optional<JsonNode> before, Optional<JsonNode> after) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record End(
            long events,
            long failed,
            OptionalLong different,
            long passedOver,
            long dropped,
            boolean complete,
            Optional<String> reason) {}
}
