package dev.treadle.registry.manifest;

import dev.treadle.registry.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code limits}. */
final class LimitsReader {
    static final Duration TIMEOUT_MAX = Duration.ofDays(1);
    static final Duration STREAM_MAX = Duration.ofDays(14);
    static final int CONCURRENCY_MAX = 1_000_000;
    static final int QUEUE_MAX = 1_000_000;

    /** Functions that read a body as a stream may take more than fits into memory. */
    static final long PAYLOAD_MAX = 1L << 40;

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final List<String> KEYS =
            List.of("timeout", "stream", "concurrency", "queue", "payload");
    private static final List<String> LATER = List.of("cpu", "allocation");

    private final Problems problems;
    private final Values values;

    LimitsReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<Limits> read(At at) {
        return Mapping.read(at, "a mapping such as {timeout: 10s, concurrency: 200}", problems)
                .flatMap(this::limits);
    }

    private Optional<Limits> limits(Mapping limits) {
        limits.checkKeys(KEYS, LATER);
        Limits base = Limits.DEFAULT;
        Optional<Duration> timeout = duration(limits, "timeout", TIMEOUT_MAX, base.timeout());
        Optional<Duration> stream =
                duration(limits, "stream", STREAM_MAX, longer(base.stream(), timeout));
        Optional<Integer> concurrency =
                limits.get("concurrency")
                        .map(at -> values.integer(at, 1, CONCURRENCY_MAX))
                        .orElse(Optional.of(base.concurrency()));
        Optional<Integer> queue =
                limits.get("queue")
                        .map(at -> values.integer(at, 0, QUEUE_MAX))
                        .orElse(Optional.of(base.queue()));
        OptionalLong payload =
                limits.get("payload")
                        .map(at -> values.size(at, PAYLOAD_MAX))
                        .orElse(OptionalLong.of(base.payloadBytes()));
        boolean complete =
                timeout.isPresent()
                        && stream.isPresent()
                        && concurrency.isPresent()
                        && queue.isPresent()
                        && payload.isPresent();
        if (!complete || isStreamTooShort(limits, timeout.get(), stream.get())) {
            return Optional.empty();
        }
        return Optional.of(
                new Limits(
                        timeout.get(),
                        stream.get(),
                        concurrency.get(),
                        queue.get(),
                        payload.getAsLong()));
    }

    private Optional<Duration> duration(Mapping limits, String key, Duration max, Duration absent) {
        return limits.get(key)
                .map(at -> values.duration(at, LEAST, max))
                .orElse(Optional.of(absent));
    }

    private static Duration longer(Duration stream, Optional<Duration> timeout) {
        return timeout.filter(t -> t.compareTo(stream) > 0).orElse(stream);
    }

    private boolean isStreamTooShort(Mapping limits, Duration timeout, Duration stream) {
        Optional<At> at = limits.get("stream");
        boolean tooShort = at.isPresent() && stream.compareTo(timeout) < 0;
        if (tooShort) {
            problems.error(
                    at.get(),
                    "at least the timeout, " + DurationText.format(timeout),
                    DurationText.format(stream),
                    Optional.empty());
        }
        return tooShort;
    }
}
