package dev.treadle.registry.contract;

import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.TriggerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                        new TriggerSpec.Http("/files/{path...}", List.of(), Optional.empty())));
    }

    /** One that declares no more than it must. */
    public static Manifest named(String name) {
        return new Manifest(
                new FunctionName(name),
                "app.Hello",
                Limits.DEFAULT,
                Map.of(),
                List.of(),
                List.of());
    }
}
