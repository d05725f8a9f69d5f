package dev.treadle.registry.manifest;

import dev.treadle.registry.Destinations;
import dev.treadle.registry.Ordering;
import dev.treadle.registry.Retry;
import dev.treadle.registry.StartPosition;
import dev.treadle.registry.TriggerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what stands under {@code nats}. */
final class NatsReader {
    private static final int CONCURRENCY_MAX = 10_000;
    private static final int BATCH_MAX = 1_000;
    private static final int FILTER_MAX = 4_096;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration AGE_MAX = Duration.ofDays(3_650);
    private static final List<String> KEYS =
            List.of(
                    "stream",
                    "subject",
                    "ordering",
                    "key",
                    "concurrency",
                    "retry",
                    "deadLetter",
                    "batch",
                    "filter",
                    "start",
                    "maxAge",
                    "create",
                    "onSuccess",
                    "onFailure");
    private static final String EXPECTED_SUBJECTS = "a list of subjects such as [orders.>]";

    private final Problems problems;
    private final Values values;

    NatsReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<TriggerSpec> read(At at) {
        return Mapping.read(at, "a mapping with `stream` and `subject`", problems)
                .flatMap(this::nats);
    }

    private Optional<TriggerSpec> nats(Mapping nats) {
        nats.checkKeys(KEYS, List.of());
        Optional<String> stream =
                nats.require("stream", NatsNames.EXPECTED_STREAM)
                        .flatMap(
                                at -> values.text(at, NatsNames.STREAM, NatsNames.EXPECTED_STREAM));
        Optional<String> subject =
                nats.require("subject", NatsNames.EXPECTED_SUBJECT).flatMap(values::subject);
        Optional<Ordering> ordering = new OrderingReader(problems).read(nats);
        Optional<Integer> concurrency = concurrency(nats, ordering);
        Optional<Retry> retry =
                nats.get("retry")
                        .map(new RetryReader(problems)::read)
                        .orElse(Optional.of(Retry.DEFAULT));
        Optional<Duration> kept = nats.get("deadLetter").flatMap(this::deadLetter);
        Optional<TriggerSpec.Batch> batch = nats.get("batch").flatMap(this::batch);
        Optional<String> filter = nats.get("filter").flatMap(this::filter);
        Optional<StartPosition> start =
                nats.get("start")
                        .map(new StartReader(problems)::read)
                        .orElse(Optional.of(new StartPosition.All()));
        Optional<Duration> maxAge =
                nats.get("maxAge").flatMap(at -> values.duration(at, LEAST, AGE_MAX));
        Optional<List<String>> create = nats.get("create").flatMap(at -> create(at, subject));
        Destinations destinations = new DestinationReader(problems).read(nats);
        boolean complete =
                stream.isPresent()
                        && subject.isPresent()
                        && ordering.isPresent()
                        && concurrency.isPresent()
                        && retry.isPresent()
                        && start.isPresent();
        return complete
                ? Optional.of(
                        new TriggerSpec.Nats(
                                stream.get(),
                                subject.get(),
                                ordering.get(),
                                concurrency.get(),
                                retry.get(),
                                kept.map(TriggerSpec.DeadLetter::new)
                                        .orElse(TriggerSpec.DeadLetter.DEFAULT),
                                batch,
                                filter,
                                start.get(),
                                maxAge,
                                create.filter(subjects -> !subjects.isEmpty())
                                        .map(TriggerSpec.NewStream::new),
                                destinations))
                : Optional.empty();
    }

    private Optional<Integer> concurrency(Mapping nats, Optional<Ordering> ordering) {
        boolean strict = ordering.filter(Ordering.Strict.class::isInstance).isPresent();
        Optional<At> at = nats.get("concurrency");
        if (at.isEmpty()) {
            return Optional.of(strict ? 1 : TriggerSpec.Nats.CONCURRENCY);
        }
        Optional<Integer> number = values.integer(at.get(), 1, CONCURRENCY_MAX);
        if (strict && number.filter(n -> n > 1).isPresent()) {
            problems.error(at.get(), "1 where ordering is strict, or nothing");
            return Optional.empty();
        }
        return number;
    }

    private Optional<Duration> deadLetter(At at) {
        Optional<Mapping> read = Mapping.read(at, "a mapping such as {maxAge: 14d}", problems);
        read.ifPresent(mapping -> mapping.checkKeys(List.of("maxAge"), List.of()));
        return read.flatMap(mapping -> mapping.get("maxAge"))
                .flatMap(age -> values.duration(age, LEAST, AGE_MAX));
    }

    private Optional<TriggerSpec.Batch> batch(At at) {
        Optional<Mapping> read =
                Mapping.read(at, "a mapping such as {size: 50, wait: 20ms}", problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Mapping batch = read.get();
        batch.checkKeys(List.of("size", "wait"), List.of());
        Optional<Integer> size =
                batch.require("size", "a number of events")
                        .flatMap(number -> values.integer(number, 1, BATCH_MAX));
        Optional<Duration> wait =
                batch.get("wait")
                        .map(w -> values.duration(w, Duration.ZERO, Duration.ofMinutes(1)))
                        .orElse(Optional.of(TriggerSpec.Batch.MAX_WAIT));
        return size.flatMap(s -> wait.map(w -> new TriggerSpec.Batch(s, w)));
    }

    private Optional<String> filter(At at) {
        String expected =
                "a CloudEvents SQL expression such as \"type = 'order'\", %d characters at most"
                        .formatted(FILTER_MAX);
        Optional<String> text = values.text(at, expected);
        if (text.filter(t -> t.isBlank() || t.length() > FILTER_MAX).isPresent()) {
            problems.error(at, expected);
            return Optional.empty();
        }
        return text;
    }

    /** The subjects; an empty list for {@code false}. */
    private Optional<List<String>> create(At at, Optional<String> subject) {
        if (values.isBool(at)) {
            return values.bool(at)
                    .flatMap(yes -> yes ? subject.map(List::of) : Optional.of(List.<String>of()));
        }
        Optional<Mapping> read =
                Mapping.read(
                        at, "true, false or a mapping such as {subjects: [orders.>]}", problems);
        read.ifPresent(mapping -> mapping.checkKeys(List.of("subjects"), List.of()));
        return read.flatMap(mapping -> mapping.require("subjects", EXPECTED_SUBJECTS))
                .flatMap(list -> values.someOf(list, EXPECTED_SUBJECTS, values::subject));
    }
}
