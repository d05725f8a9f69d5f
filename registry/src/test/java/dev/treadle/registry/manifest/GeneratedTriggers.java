package dev.treadle.registry.manifest;

import dev.treadle.registry.Destination;
import dev.treadle.registry.Destinations;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Ordering;
import dev.treadle.registry.Ordering.KeySource;
import dev.treadle.registry.Retry;
import dev.treadle.registry.StartPosition;
import dev.treadle.registry.TriggerSpec;
import dev.treadle.registry.TriggerSpec.Schedule.Missed;
import dev.treadle.registry.TriggerSpec.Schedule.Overlap;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Legal triggers other than HTTP by chance. */
final class GeneratedTriggers {
    private final RandomGenerator random;

    GeneratedTriggers(RandomGenerator random) {
        this.random = random;
    }

    TriggerSpec next() {
        return switch (random.nextInt(3)) {
            case 0 -> nats();
            case 1 -> new TriggerSpec.Rpc(subject(), maybe(() -> oneOf("workers", "null", "a.b")));
            default -> schedule();
        };
    }

    Optional<TriggerSpec.Async> async() {
        return maybe(
                () ->
                        new TriggerSpec.Async(
                                retry(),
                                Duration.ofSeconds(random.nextLong(1, 604_801)),
                                destinations()));
    }

    private Destinations destinations() {
        return new Destinations(maybe(this::destination), maybe(this::destination));
    }

    private Destination destination() {
        return switch (random.nextInt(3)) {
            case 0 -> new Destination.ToSubject(oneOf("a.b", "null", "1", "x:y"));
            case 1 -> new Destination.ToFunction(new FunctionName(oneOf("alarm", "1", "null")));
            default ->
                    new Destination.ToWebhook(
                            URI.create(oneOf("https://a.example/x?y=1#z", "http://[::1]:80/")));
        };
    }

    private Retry retry() {
        return new Retry(
                random.nextInt(1, 1_001),
                Stream.generate(() -> Duration.ofMillis(random.nextLong(604_800_001)))
                        .limit(random.nextInt(1, 5))
                        .toList(),
                oneOf(Retry.Jitter.values()));
    }

    private TriggerSpec.Nats nats() {
        Ordering ordering = ordering();
        return new TriggerSpec.Nats(
                oneOf("UPLOADS", "null", "1", "a-b_c"),
                subject(),
                ordering,
                ordering instanceof Ordering.Strict ? 1 : random.nextInt(1, 10_001),
                retry(),
                new TriggerSpec.DeadLetter(Duration.ofSeconds(random.nextLong(1, 1_000_000))),
                maybe(
                        () ->
                                new TriggerSpec.Batch(
                                        random.nextInt(1, 1_001),
                                        Duration.ofMillis(random.nextInt(60_001)))),
                maybe(() -> oneOf("type = 'a'", "null", "true", "a\n\"b\" # c", "  x")),
                start(),
                maybe(() -> Duration.ofMinutes(random.nextLong(1, 1_000_000))),
                maybe(
                        () ->
                                new TriggerSpec.NewStream(
                                        Stream.of(subject(), subject()).distinct().toList())),
                destinations());
    }

    private Ordering ordering() {
        return switch (random.nextInt(6)) {
            case 0 -> new Ordering.None();
            case 1 -> new Ordering.Strict();
            case 2 -> new Ordering.Key(new KeySource.Subject());
            case 3 -> new Ordering.Key(new KeySource.Token(random.nextInt(1, 65)));
            case 4 -> new Ordering.Key(new KeySource.Attribute(oneOf("partitionkey", "1", "n")));
            default -> new Ordering.Key(new KeySource.Header(oneOf("Order-Id", "true", "~")));
        };
    }

    private StartPosition start() {
        return switch (random.nextInt(4)) {
            case 0 -> new StartPosition.All();
            case 1 -> new StartPosition.New();
            case 2 -> new StartPosition.Sequence(random.nextLong(1, Long.MAX_VALUE));
            default -> new StartPosition.Time(Instant.ofEpochMilli(random.nextLong(1L << 42)));
        };
    }

    private TriggerSpec.Schedule schedule() {
        return new TriggerSpec.Schedule(
                oneOf("@daily", "* * * * *", "0 */5 * * * *", "0 0 12 ? JAN-MAR 1,2"),
                ZoneId.of(oneOf("UTC", "Europe/Paris", "+02:00", "Z")),
                oneOf(Overlap.values()),
                oneOf(Missed.values()),
                destinations());
    }

    private String subject() {
        return oneOf("a", ">", "*", "orders.*.created", "orders.>", "$x.null", "1.2", "a:b.#[{&");
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return List.of(values).get(random.nextInt(values.length));
    }
}
