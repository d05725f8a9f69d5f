package dev.treadle.registry.manifest;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.BindingSpec.Distance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code bindings}. */
final class BindingsReader {
    static final int MAX = 100;

    private static final List<String> KINDS =
            List.of("kv", "table", "model", "blobs", "search", "vectors");
    private static final List<String> LATER = List.of("function");
    private static final String EXPECTED =
            "a mapping of names to bindings, such as {cache: {kv: sessions}}";
    private static final String EXPECTED_ONE =
            "a mapping with one of %s, such as {kv: sessions}".formatted(String.join(", ", KINDS));
    private static final String EXPECTED_NAME =
            "a binding's name: letters, digits, _ and -, no digit first, 63 characters at most";
    private static final String EXPECTED_STORE =
            "a store's name: a-z, 0-9 and inner hyphens, 63 characters at most";

    private static final String EXPECTED_MODEL =
            "a model's name: a-z, 0-9 and inner hyphens, 63 characters at most";

    private final Problems problems;
    private final Values values;

    BindingsReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Map<String, BindingSpec> read(At at) {
        Map<String, BindingSpec> bindings = new LinkedHashMap<>();
        Optional<Mapping> mapping = Mapping.read(at, EXPECTED, problems);
        if (mapping.isPresent() && mapping.get().values().size() > MAX) {
            problems.error(at, "at most %d bindings".formatted(MAX));
        } else if (mapping.isPresent()) {
            mapping.get()
                    .values()
                    .forEach((name, value) -> add(name, mapping.get().key(name), value, bindings));
        }
        return bindings;
    }

    private void add(String name, At key, At value, Map<String, BindingSpec> bindings) {
        if (!BindingSpec.NAME.matcher(name).matches()) {
            problems.error(key, EXPECTED_NAME, At.quote(name), Optional.empty());
        }
        Mapping.read(value, EXPECTED_ONE, problems)
                .flatMap(this::binding)
                .ifPresent(spec -> bindings.put(name, spec));
    }

    private Optional<BindingSpec> binding(Mapping one) {
        List<String> kinds = KINDS.stream().filter(one.values()::containsKey).toList();
        if (kinds.size() != 1) {
            return noKind(one);
        }
        return switch (kinds.get(0)) {
            case "kv" -> kv(one);
            case "table" -> new TableReader(problems, LATER).read(one);
            case "search" -> search(one);
            case "model" -> model(one);
            case "blobs" -> blobs(one);
            case "vectors" -> vectors(one);
            default -> throw new IllegalStateException(kinds.toString());
        };
    }

    /** A kind of another version is said to be one. */
    private Optional<BindingSpec> noKind(Mapping one) {
        if (LATER.stream().anyMatch(one.values()::containsKey)) {
            one.checkKeys(KINDS, LATER);
        } else {
            String found = "the keys " + one.values().keySet();
            problems.error(one.at(), EXPECTED_ONE, found, Optional.empty());
        }
        return Optional.empty();
    }

    private Optional<BindingSpec> kv(Mapping one) {
        one.checkKeys(List.of("kv", "ttl", "cached"), LATER);
        Optional<String> store = one.get("kv").flatMap(this::store);
        Optional<Duration> ttl =
                one.get("ttl")
                        .flatMap(
                                at ->
                                        values.duration(
                                                at,
                                                BindingSpec.Kv.TTL_MIN,
                                                BindingSpec.Kv.TTL_MAX));
        Optional<Duration> cached =
                one.get("cached")
                        .flatMap(
                                at ->
                                        values.duration(
                                                at,
                                                BindingSpec.Kv.CACHED_MIN,
                                                BindingSpec.Kv.CACHED_MAX));
        return store.map(name -> new BindingSpec.Kv(name, ttl, cached));
    }

    private Optional<BindingSpec> search(Mapping one) {
        one.checkKeys(List.of("search"), LATER);
        return one.get("search").flatMap(this::store).map(BindingSpec.Search::new);
    }

    private Optional<BindingSpec> model(Mapping one) {
        one.checkKeys(List.of("model", "batch"), LATER);
        Optional<String> name =
                one.get("model").flatMap(at -> values.text(at, BindingSpec.STORE, EXPECTED_MODEL));
        Optional<OptionalInt> batch =
                one.get("batch").map(this::batch).orElse(Optional.of(OptionalInt.empty()));
        return name.flatMap(model -> batch.map(max -> new BindingSpec.Model(model, max)));
    }

    private Optional<OptionalInt> batch(At at) {
        Optional<Mapping> batch = Mapping.read(at, "a mapping such as {max: 16}", problems);
        if (batch.isEmpty()) {
            return Optional.empty();
        }
        batch.get().checkKeys(List.of("max"), List.of());
        return batch.get()
                .require("max", "a number of rows")
                .flatMap(number -> values.integer(number, 1, BindingSpec.Model.BATCH_MAX))
                .map(OptionalInt::of);
    }

    private Optional<BindingSpec> blobs(Mapping one) {
        one.checkKeys(List.of("blobs", "created"), LATER);
        Optional<String> store = one.get("blobs").flatMap(this::store);
        Optional<String> created =
                one.get("created")
                        .flatMap(
                                at ->
                                        values.text(
                                                at,
                                                DestinationReader.PLAIN_SUBJECT,
                                                DestinationReader.EXPECTED_SUBJECT));
        return store.map(name -> new BindingSpec.Blobs(name, created));
    }

    private Optional<BindingSpec> vectors(Mapping one) {
        one.checkKeys(List.of("vectors", "dimensions", "distance"), LATER);
        Optional<String> store = one.get("vectors").flatMap(this::store);
        Optional<Integer> dimensions =
                one.require("dimensions", "how many numbers a vector has, such as 384")
                        .flatMap(at -> values.integer(at, 1, BindingSpec.Vectors.DIMENSIONS_MAX));
        Optional<Distance> distance =
                one.get("distance")
                        .map(at -> values.word(at, Distance.class))
                        .orElse(Optional.of(Distance.COSINE));
        return store.flatMap(
                name ->
                        dimensions.flatMap(
                                count ->
                                        distance.map(
                                                by -> new BindingSpec.Vectors(name, count, by))));
    }

    private Optional<String> store(At at) {
        return values.text(at, BindingSpec.STORE, EXPECTED_STORE);
    }
}
