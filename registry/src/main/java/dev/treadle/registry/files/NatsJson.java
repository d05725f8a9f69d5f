package dev.treadle.registry.files;

import dev.treadle.registry.Ordering;
import dev.treadle.registry.Ordering.KeySource;
import dev.treadle.registry.Retry;
import dev.treadle.registry.StartPosition;
import dev.treadle.registry.TriggerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JetStream trigger as the store keeps it. */
final class NatsJson {
    private NatsJson() {}

    static void write(TriggerSpec.Nats nats, ObjectNode json) {
        json.put("stream", nats.stream());
        json.put("subject", nats.subject());
        ordering(nats.ordering(), json.putObject("ordering"));
        json.put("concurrency", nats.concurrency());
        retry(nats.retry(), json.putObject("retry"));
        json.put("deadLetterMaxAge", nats.deadLetter().maxAge().toString());
        nats.batch()
                .ifPresent(
                        batch ->
                                json.putObject("batch")
                                        .put("size", batch.size())
                                        .put("wait", batch.maxWait().toString()));
        nats.filter().ifPresent(filter -> json.put("filter", filter));
        start(nats.start(), json.putObject("start"));
        nats.maxAge().ifPresent(age -> json.put("maxAge", age.toString()));
        nats.create().ifPresent(made -> json.set("create", ManifestJson.texts(made.subjects())));
        DestinationsJson.write(nats.destinations(), json);
    }

    static TriggerSpec.Nats read(JsonNode json) {
        return new TriggerSpec.Nats(
                json.required("stream").stringValue(),
                json.required("subject").stringValue(),
                ordering(json.required("ordering")),
                json.required("concurrency").intValue(),
                retry(json.required("retry")),
                new TriggerSpec.DeadLetter(
                        ManifestJson.duration(json.required("deadLetterMaxAge"))),
                Optional.ofNullable(json.get("batch")).map(NatsJson::batch),
                Optional.ofNullable(json.get("filter")).map(JsonNode::stringValue),
                start(json.required("start")),
                Optional.ofNullable(json.get("maxAge")).map(ManifestJson::duration),
                Optional.ofNullable(json.get("create"))
                        .map(made -> new TriggerSpec.NewStream(ManifestJson.texts(made))),
                DestinationsJson.read(json));
    }

    private static void ordering(Ordering ordering, ObjectNode json) {
        switch (ordering) {
            case Ordering.None _ -> json.put("mode", "none");
            case Ordering.Strict _ -> json.put("mode", "strict");
            case Ordering.Key(KeySource source) -> {
                json.put("mode", "key");
                switch (source) {
                    case KeySource.Subject _ -> json.put("subject", true);
                    case KeySource.Token(int position) -> json.put("token", position);
                    case KeySource.Attribute(String name) -> json.put("attribute", name);
                    case KeySource.Header(String name) -> json.put("header", name);
                }
            }
        }
    }

    private static Ordering ordering(JsonNode json) {
        return switch (json.required("mode").stringValue()) {
            case "none" -> new Ordering.None();
            case "strict" -> new Ordering.Strict();
            default -> new Ordering.Key(key(json));
        };
    }

    private static KeySource key(JsonNode json) {
        if (json.has("token")) {
            return new KeySource.Token(json.required("token").intValue());
        }
        if (json.has("attribute")) {
            return new KeySource.Attribute(json.required("attribute").stringValue());
        }
        return json.has("header")
                ? new KeySource.Header(json.required("header").stringValue())
                : new KeySource.Subject();
    }

    static void retry(Retry retry, ObjectNode json) {
        json.put("attempts", retry.attempts());
        ArrayNode backoff = json.putArray("backoff");
        retry.backoff().forEach(pause -> backoff.add(pause.toString()));
        json.put("jitter", retry.jitter().name());
    }

    static Retry retry(JsonNode json) {
        List<Duration> backoff = new ArrayList<>();
        json.required("backoff").forEach(pause -> backoff.add(ManifestJson.duration(pause)));
        return new Retry(
                json.required("attempts").intValue(),
                backoff,
                Retry.Jitter.valueOf(json.required("jitter").stringValue()));
    }

    private static TriggerSpec.Batch batch(JsonNode json) {
        return new TriggerSpec.Batch(
                json.required("size").intValue(), ManifestJson.duration(json.required("wait")));
    }

    private static void start(StartPosition start, ObjectNode json) {
        switch (start) {
            case StartPosition.All _ -> json.put("at", "all");
            case StartPosition.New _ -> json.put("at", "new");
            case StartPosition.Sequence(long number) -> json.put("sequence", number);
            case StartPosition.Time(Instant time) -> json.put("time", time.toString());
        }
    }

    private static StartPosition start(JsonNode json) {
        if (json.has("sequence")) {
            return new StartPosition.Sequence(json.required("sequence").longValue());
        }
        if (json.has("time")) {
            return new StartPosition.Time(Instant.parse(json.required("time").stringValue()));
        }
        return json.required("at").stringValue().equals("new")
                ? new StartPosition.New()
                : new StartPosition.All();
    }
}
