package dev.treadle.registry.manifest;

import dev.treadle.registry.Destination;
import dev.treadle.registry.Destinations;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Ordering;
import dev.treadle.registry.Ordering.KeySource;
import dev.treadle.registry.Retry;
import dev.treadle.registry.StartPosition;
import dev.treadle.registry.TriggerSpec;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields of triggers other than HTTP as canonical YAML: keys such as {@code retry.attempts},
 * with one dot at most, and those of one mapping in a row.
 */
final class TriggerFields {
    private final Map<String, String> fields = new LinkedHashMap<>();

    private TriggerFields() {}

    static Map<String, String> of(TriggerSpec.Nats nats) {
        return new TriggerFields().nats(nats);
    }

    static Map<String, String> of(TriggerSpec.Rpc rpc) {
        TriggerFields fields = new TriggerFields();
        fields.text("subject", rpc.subject());
        rpc.queue().ifPresent(queue -> fields.text("queue", queue));
        return fields.fields;
    }

    static Map<String, String> of(TriggerSpec.Schedule schedule) {
        TriggerFields fields = new TriggerFields();
        fields.text("cron", schedule.cron());
        fields.text("zone", schedule.zone().getId());
        fields.text("overlap", word(schedule.overlap()));
        fields.text("missed", word(schedule.missed()));
        fields.destinations(schedule.destinations());
        return fields.fields;
    }

    /** How a route's requests are handled that are answered later. */
    static Map<String, String> of(TriggerSpec.Async async) {
        TriggerFields fields = new TriggerFields();
        fields.retry(async.retry());
        fields.duration("results", async.results());
        fields.destinations(async.destinations());
        return fields.fields;
    }

    private void retry(Retry retry) {
        fields.put("retry.attempts", Integer.toString(retry.attempts()));
        fields.put("retry.backoff", durations(retry.backoff()));
        text("retry.jitter", word(retry.jitter()));
    }

    private Map<String, String> nats(TriggerSpec.Nats nats) {
        text("stream", nats.stream());
        text("subject", nats.subject());
        ordering(nats.ordering());
        fields.put("concurrency", Integer.toString(nats.concurrency()));
        retry(nats.retry());
        duration("deadLetter.maxAge", nats.deadLetter().maxAge());
        nats.batch()
                .ifPresent(
                        batch -> {
                            fields.put("batch.size", Integer.toString(batch.size()));
                            duration("batch.wait", batch.maxWait());
                        });
        nats.filter().ifPresent(filter -> fields.put("filter", YamlText.quoted(filter)));
        start(nats.start());
        nats.maxAge().ifPresent(age -> duration("maxAge", age));
        nats.create()
                .ifPresent(made -> fields.put("create.subjects", YamlText.list(made.subjects())));
        destinations(nats.destinations());
        return fields;
    }

    private void destinations(Destinations destinations) {
        destinations.onSuccess().ifPresent(to -> destination("onSuccess", to));
        destinations.onFailure().ifPresent(to -> destination("onFailure", to));
    }

    private void destination(String key, Destination to) {
        switch (to) {
            case Destination.ToSubject(String subject) -> text(key + ".subject", subject);
            case Destination.ToFunction(FunctionName name) -> text(key + ".function", name.value());
            case Destination.ToWebhook(URI url) -> text(key + ".webhook", url.toString());
        }
    }

    private void ordering(Ordering ordering) {
        switch (ordering) {
            case Ordering.None _ -> text("ordering", "none");
            case Ordering.Strict _ -> text("ordering", "strict");
            case Ordering.Key(KeySource source) -> {
                text("ordering", "key");
                key(source);
            }
        }
    }

    private void key(KeySource source) {
        switch (source) {
            case KeySource.Subject _ -> text("key", "subject");
            case KeySource.Token(int position) ->
                    fields.put("key.token", Integer.toString(position));
            case KeySource.Attribute(String name) -> text("key.attribute", name);
            case KeySource.Header(String name) -> text("key.header", name);
        }
    }

    private void start(StartPosition start) {
        switch (start) {
            case StartPosition.All _ -> text("start", "all");
            case StartPosition.New _ -> text("start", "new");
            case StartPosition.Sequence(long number) ->
                    fields.put("start.sequence", Long.toString(number));
            case StartPosition.Time time -> text("start.time", time.time().toString());
        }
    }

    private void text(String key, String value) {
        fields.put(key, YamlText.scalar(value));
    }

    private void duration(String key, Duration value) {
        fields.put(key, DurationText.format(value));
    }

    private static String durations(List<Duration> durations) {
        return durations.stream()
                .map(DurationText::format)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
