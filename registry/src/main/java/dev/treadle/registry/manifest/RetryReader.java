package dev.treadle.registry.manifest;

import dev.treadle.registry.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code retry}. */
final class RetryReader {
    private static final int ATTEMPTS_MAX = 1_000;
    private static final int BACKOFF_MAX = 100;
    private static final Duration PAUSE_MAX = Duration.ofDays(7);
    private static final String EXPECTED_BACKOFF =
            "a list of 1 to %d durations such as [1s, 5s, 30s]".formatted(BACKOFF_MAX);

    private final Problems problems;
    private final Values values;

    RetryReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<Retry> read(At at) {
        return Mapping.read(at, "a mapping such as {attempts: 6, backoff: [1s, 5s]}", problems)
                .flatMap(this::retry);
    }

    private Optional<Retry> retry(Mapping retry) {
        retry.checkKeys(List.of("attempts", "backoff", "jitter"), List.of());
        Optional<Integer> attempts =
                retry.get("attempts")
                        .map(at -> values.integer(at, 1, ATTEMPTS_MAX))
                        .orElse(Optional.of(Retry.DEFAULT.attempts()));
        Optional<List<Duration>> backoff =
                retry.get("backoff")
                        .map(this::backoff)
                        .orElse(Optional.of(Retry.DEFAULT.backoff()));
        Optional<Retry.Jitter> jitter =
                retry.get("jitter")
                        .map(at -> values.word(at, Retry.Jitter.class))
                        .orElse(Optional.of(Retry.DEFAULT.jitter()));
        boolean complete = attempts.isPresent() && backoff.isPresent() && jitter.isPresent();
        return complete
                ? Optional.of(new Retry(attempts.get(), backoff.get(), jitter.get()))
                : Optional.empty();
    }

    private Optional<List<Duration>> backoff(At at) {
        return values.each(
                at,
                EXPECTED_BACKOFF,
                BACKOFF_MAX,
                item -> values.duration(item, Duration.ZERO, PAUSE_MAX));
    }
}
