package dev.treadle.registry.contract;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.ColumnType;
import dev.treadle.registry.Destination;
import dev.treadle.registry.Destinations;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Ordering;
import dev.treadle.registry.Requirement;
import dev.treadle.registry.Retry;
import dev.treadle.registry.StartPosition;
import dev.treadle.registry.TableColumns;
import dev.treadle.registry.TriggerSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Manifests for tests. */
public final class Manifests {
    private Manifests() {}

    /** One with a value in every place. */
    public static Manifest full(String name) {
        TriggerSpec.Cors cors =
                new TriggerSpec.Cors(
                        List.of("https://app.example.com"),
                        List.of("GET", "PUT"),
                        List.of("X-Api-Version"),
                        List.of("ETag"),
                        true,
                        Duration.ofMinutes(10));
        return new Manifest(
                new FunctionName(name),
                "com.acme.Thumbnail$Inner",
                new Limits(Duration.ofMillis(1500), Duration.ofHours(2), 7, 0, 123_457),
                Map.of("SIZE", "256 \"px\"\n\u2028é😀\\"),
                List.of("API_KEY", "TOKEN"),
                List.of(
                        new TriggerSpec.Http("/thumb/{id}", List.of("GET"), Optional.of(cors)),
                        new TriggerSpec.Http(
                                "/files/{path...}",
                                List.of(),
                                Optional.empty(),
                                Optional.of(
                                        new TriggerSpec.Async(
                                                new Retry(
                                                        2,
                                                        List.of(Duration.ofSeconds(1)),
                                                        Retry.Jitter.EQUAL),
                                                Duration.ofHours(3),
                                                new Destinations(
                                                        Optional.of(
                                                                new Destination.ToFunction(
                                                                        new FunctionName("alarm"))),
                                                        Optional.of(
                                                                new Destination.ToWebhook(
                                                                        URI.create(
                                                                                "https://h.example/f"))))))),
                        nats(),
                        new TriggerSpec.Rpc("thumb.make", Optional.of("thumbs")),
                        new TriggerSpec.Schedule(
                                "0 */5 * * * *",
                                ZoneId.of("Europe/Paris"),
                                TriggerSpec.Schedule.Overlap.QUEUE,
                                TriggerSpec.Schedule.Missed.ONCE)),
                List.of("resize", "blur"),
                List.of(
                        new Requirement(
                                new Requirement.Target.Http(URI.create("https://stock/health?x=1")),
                                Duration.ofSeconds(10),
                                Duration.ofMillis(500),
                                2),
                        requirement(new Requirement.Target.Tcp("[::1]", 5432)),
                        requirement(new Requirement.Target.Function(new FunctionName("pricing")))),
                bindings());
    }

    private static Map<String, BindingSpec> bindings() {
        Map<String, BindingSpec> bindings = new LinkedHashMap<>();
        bindings.put(
                "cache",
                new BindingSpec.Kv("sessions", Optional.of(Duration.ofHours(1)), Optional.empty()));
        bindings.put("clip", new BindingSpec.Model("clip-vit", OptionalInt.of(16)));
        bindings.put("plain", new BindingSpec.Model("plain", OptionalInt.empty()));
        bindings.put("words", new BindingSpec.Search("articles"));
        bindings.put(
                "orders",
                new BindingSpec.Table(
                        "orders",
                        new TableColumns(
                                Map.of("customer", ColumnType.TEXT),
                                Map.of("placed", ColumnType.TIME),
                                Map.of("on", ColumnType.LONG)),
                        Optional.of(Duration.ofDays(90))));
        bindings.put(
                "seen_2",
                new BindingSpec.Kv("seen", Optional.empty(), Optional.of(Duration.ofSeconds(5))));
        bindings.put("photos", new BindingSpec.Blobs("photos", Optional.of("photos.created")));
        bindings.put(
                "passages", new BindingSpec.Vectors("passages", 384, BindingSpec.Distance.DOT));
        return bindings;
    }

    private static Requirement requirement(Requirement.Target target) {
        return new Requirement(
                target, Requirement.INTERVAL, Requirement.TIMEOUT, Requirement.FAILURES);
    }

    private static TriggerSpec.Nats nats() {
        return new TriggerSpec.Nats(
                "UPLOADS",
                "uploads.*.created",
                new Ordering.Key(new Ordering.KeySource.Attribute("partitionkey")),
                8,
                new Retry(
                        3,
                        List.of(Duration.ofMillis(1500), Duration.ofMinutes(2)),
                        Retry.Jitter.NONE),
                new TriggerSpec.DeadLetter(Duration.ofDays(7)),
                Optional.of(new TriggerSpec.Batch(50, Duration.ofMillis(30))),
                Optional.of("type = 'image'"),
                new StartPosition.Time(Instant.parse("2026-01-31T08:00:00Z")),
                Optional.of(Duration.ofHours(1)),
                Optional.of(new TriggerSpec.NewStream(List.of("uploads.>"))),
                new Destinations(
                        Optional.of(new Destination.ToSubject("uploads.done")), Optional.empty()));
    }

    /** One that declares no more than it must. */
    public static Manifest named(String name) {
        return new Manifest(
                new FunctionName(name),
                "app.Hello",
                Limits.DEFAULT,
                Map.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
