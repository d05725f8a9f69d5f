package dev.treadle.registry.manifest;

import dev.treadle.registry.Ordering;
import dev.treadle.registry.Ordering.KeySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code ordering} and the {@code key} that belongs to it. */
final class OrderingReader {
    private static final List<String> WORDS = List.of("none", "key", "strict");
    private static final List<String> SOURCES = List.of("token", "attribute", "header");
    private static final int TOKENS_MAX = 64;
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]{1,64}");
    private static final String EXPECTED_KEY =
            "`subject`, or one of {token: 2}, {attribute: partitionkey}, {header: Order-Id}";

    private final Problems problems;
    private final Values values;

    OrderingReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /** Empty when there is an error. */
    Optional<Ordering> read(Mapping nats) {
        Optional<String> word =
                nats.get("ordering").map(at -> values.oneOf(at, WORDS)).orElse(Optional.of("none"));
        Optional<At> key = nats.get("key");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (word.get().equals("key")) {
            return key.map(this::source)
                    .orElse(Optional.of(new KeySource.Subject()))
                    .map(Ordering.Key::new);
        }
        if (key.isPresent()) {
            problems.error(
                    nats.key("key"),
                    "`ordering: key` where there is a key",
                    "`ordering: %s`".formatted(word.get()),
                    Optional.empty());
            return Optional.empty();
        }
        return Optional.of(
                word.get().equals("strict") ? new Ordering.Strict() : new Ordering.None());
    }

    private Optional<KeySource> source(At at) {
        if (values.isText(at)) {
            return values.oneOf(at, List.of("subject")).map(_ -> new KeySource.Subject());
        }
        Optional<Mapping> read = Mapping.read(at, EXPECTED_KEY, problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Map<String, At> entries = read.get().values();
        if (entries.size() != 1 || !SOURCES.containsAll(entries.keySet())) {
            String found = "the keys " + entries.keySet();
            problems.error(at, EXPECTED_KEY, found, Optional.empty());
            return Optional.empty();
        }
        Map.Entry<String, At> entry = entries.entrySet().iterator().next();
        At value = entry.getValue();
        return switch (entry.getKey()) {
            case "token" -> values.integer(value, 1, TOKENS_MAX).map(KeySource.Token::new);
            case "attribute" ->
                    values.text(
                                    value,
                                    ATTRIBUTE,
                                    "the name of a CloudEvents attribute: a-z and 0-9")
                            .map(KeySource.Attribute::new);
            default ->
                    values.text(value, CorsRules.HEADER, "a header's name such as Order-Id")
                            .map(KeySource.Header::new);
        };
    }
}
