package dev.treadle.registry.manifest;

import dev.treadle.registry.StartPosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Reads {@code start}. */
final class StartReader {
    private static final String EXPECTED =
            "all, new, {sequence: 42} or {time: \"2026-01-31T08:00:00Z\"}";
    private static final String EXPECTED_TIME = "a time such as \"2026-01-31T08:00:00Z\"";

    private final Problems problems;
    private final Values values;

    StartReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<StartPosition> read(At at) {
        if (values.isText(at)) {
            return values.oneOf(at, List.of("all", "new"))
                    .map(
                            word ->
                                    word.equals("all")
                                            ? new StartPosition.All()
                                            : new StartPosition.New());
        }
        Optional<Mapping> read = Mapping.read(at, EXPECTED, problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Optional<At> sequence = read.get().get("sequence");
        Optional<At> time = read.get().get("time");
        if (read.get().values().size() != 1 || (sequence.isEmpty() && time.isEmpty())) {
            String found = "the keys " + read.get().values().keySet();
            problems.error(at, EXPECTED, found, Optional.empty());
            return Optional.empty();
        }
        return sequence.isPresent()
                ? values.positive(sequence.get()).map(StartPosition.Sequence::new)
                : time.flatMap(this::time).map(StartPosition.Time::new);
    }

    private Optional<Instant> time(At at) {
        Optional<String> text = values.text(at, EXPECTED_TIME);
        try {
            return text.map(t -> OffsetDateTime.parse(t).toInstant());
        } catch (DateTimeException e) {
            problems.error(at, EXPECTED_TIME);
            return Optional.empty();
        }
    }
}
