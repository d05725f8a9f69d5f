package dev.treadle.registry.manifest;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.BindingSpec.Distance;
import dev.treadle.registry.ColumnType;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Requirement;
import dev.treadle.registry.TableColumns;
import dev.treadle.registry.TriggerSpec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Legal manifests by chance: the same seed gives the same ones. */
final class GeneratedManifests {
    private static final List<String> NASTY =
            List.of(
                    "",
                    " ",
                    "null",
                    "true",
                    "1",
                    "1.0",
                    "~",
                    "# no comment",
                    "a: b",
                    "- a",
                    "\"'\\",
                    "two\nlines\n",
                    "tab\t",
                    "\u0000\u0007\u007f\u0085\u00a0\u2028\ufeff",
                    "é😀𝄞",
                    "%",
                    "@",
                    "`",
                    "{}",
                    "[",
                    "*a",
                    "&a",
                    "!a",
                    "|",
                    ">",
                    "---",
                    "...",
                    "yes",
                    "0x1F");

    private final RandomGenerator random;

    GeneratedManifests(RandomGenerator random) {
        this.random = random;
    }

    Manifest next() {
        return new Manifest(
                new FunctionName(
                        oneOf("a", "hello", "null", "true", "0", "123", "a-b-c", "y", "1e3")),
                oneOf("Hello", "app.Hello", "null", "true", "a.B$C", "été.Été", "_a.$b"),
                limits(),
                config(),
                someOf(() -> oneOf("API_KEY", "null", "yes", "NO", "_x", "A1")),
                triggers(),
                someOf(() -> oneOf("resize", "null", "true", "0", "1e3", "a-b")),
                requires(),
                bindings());
    }

    private Map<String, BindingSpec> bindings() {
        Map<String, BindingSpec> bindings = new LinkedHashMap<>();
        for (String name : someOf(() -> oneOf("cache", "null", "Yes", "_a-1"))) {
            Optional<Duration> ttl =
                    random.nextBoolean()
                            ? Optional.of(duration(1000, 86_400_000))
                            : Optional.empty();
            Optional<Duration> cached =
                    random.nextBoolean() ? Optional.of(duration(10, 3_600_000)) : Optional.empty();
            String target = oneOf("sessions", "null", "0", "1e3");
            OptionalInt max =
                    random.nextBoolean()
                            ? OptionalInt.of(random.nextInt(1, 4_097))
                            : OptionalInt.empty();
            bindings.put(
                    name,
                    random.nextBoolean()
                            ? new BindingSpec.Kv(target, ttl, cached)
                            : new BindingSpec.Model(target, max));
        }
        if (random.nextBoolean()) {
            bindings.put("words", new BindingSpec.Search(oneOf("articles", "null")));
        }
        if (random.nextBoolean()) {
            bindings.put(
                    "orders",
                    new BindingSpec.Table(
                            oneOf("orders", "null", "0", "1e3"),
                            new TableColumns(
                                    columns(1, 4, "a", "null", "n", "e_1"),
                                    columns(0, 3, "at", "true", "y"),
                                    columns(0, 5, "c", "off", "no", "key", "columns")),
                            random.nextBoolean()
                                    ? Optional.of(duration(1000, 86_400_000))
                                    : Optional.empty()));
        }
        if (random.nextBoolean()) {
            Optional<String> created =
                    random.nextBoolean() ? Optional.of(oneOf("a", "a.b", "#/!")) : Optional.empty();
            bindings.put("photos", new BindingSpec.Blobs(oneOf("photos", "no"), created));
        }
        if (random.nextBoolean()) {
            Distance distance = Distance.values()[random.nextInt(Distance.values().length)];
            int dimensions = random.nextInt(1, BindingSpec.Vectors.DIMENSIONS_MAX + 1);
            bindings.put(
                    "near", new BindingSpec.Vectors(oneOf("texts", "1"), dimensions, distance));
        }
        return bindings;
    }

    private Map<String, ColumnType> columns(int least, int most, String... names) {
        List<ColumnType> types =
                Stream.of(ColumnType.values()).filter(type -> type != ColumnType.DOUBLE).toList();
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        for (String name : List.of(names).subList(0, random.nextInt(least, most + 1))) {
            columns.put(name, types.get(random.nextInt(types.size())));
        }
        return columns;
    }

    private List<Requirement> requires() {
        List<Requirement> all = new ArrayList<>();
        if (random.nextBoolean()) {
            all.add(requirement(new Requirement.Target.Tcp(oneOf("a", "a.b", "[::1]"), 1)));
        }
        if (random.nextBoolean()) {
            URI url = URI.create(oneOf("http://a", "https://a.b:1/c?d=%20e", "HTTP://a/~'x'"));
            all.add(requirement(new Requirement.Target.Http(url)));
        }
        if (random.nextBoolean()) {
            FunctionName name = new FunctionName(oneOf("a", "null", "123"));
            all.add(requirement(new Requirement.Target.Function(name)));
        }
        return all;
    }

    private Requirement requirement(Requirement.Target target) {
        return new Requirement(
                target, duration(100, 3_600_000), duration(10, 60_000), random.nextInt(1, 101));
    }

    private Limits limits() {
        Duration timeout = duration(1, 86_400_000);
        return new Limits(
                timeout,
                timeout.plus(duration(0, 86_400_000)),
                random.nextInt(1, 1_000_001),
                random.nextInt(0, 1_000_001),
                random.nextBoolean()
                        ? random.nextLong(0, (1L << 30) + 1)
                        : 1L << random.nextInt(31));
    }

    /** Round ones as often as crooked ones. */
    private Duration duration(long minMillis, long maxMillis) {
        long millis = random.nextLong(minMillis, maxMillis + 1);
        long unit = List.of(1L, 1000L, 60_000L, 3_600_000L, 86_400_000L).get(random.nextInt(5));
        return Duration.ofMillis(Math.max(minMillis, millis / unit * unit));
    }

    private Map<String, String> config() {
        Map<String, String> config = new LinkedHashMap<>();
        for (String key : someOf(() -> oneOf("SIZE", "null", "true", "a.b-c", "n", "_1"))) {
            config.put(key, NASTY.get(random.nextInt(NASTY.size())));
        }
        return config;
    }

    private List<TriggerSpec> triggers() {
        List<TriggerSpec> triggers = new ArrayList<>();
        GeneratedTriggers others = new GeneratedTriggers(random);
        for (String path : someOf(this::path)) {
            Optional<TriggerSpec.Cors> cors =
                    random.nextBoolean() ? Optional.of(cors()) : Optional.empty();
            triggers.add(
                    new TriggerSpec.Http(
                            path,
                            someOf(() -> oneOf("GET", "POST", "OPTIONS")),
                            cors,
                            others.async()));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            triggers.add(others.next());
        }
        return triggers.stream().distinct().toList();
    }

    private String path() {
        return oneOf("/", "/a", "/a/{id}", "/{rest...}", "/null", "/a:b,c;d=e", "/*&!'");
    }

    private TriggerSpec.Cors cors() {
        boolean credentials = random.nextBoolean();
        return new TriggerSpec.Cors(
                List.of(credentials ? "https://a.example" : oneOf("*", "http://[::1]:80", "null")),
                someOf(() -> oneOf("GET", "PUT")),
                someOf(() -> oneOf("*", "X-A", "null", "`~")),
                someOf(() -> oneOf("ETag", "#a")),
                credentials,
                duration(0, 86_400_000));
    }

    private List<String> someOf(Supplier<String> item) {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items.stream().distinct().toList();
    }

    private String oneOf(String... words) {
        return words[random.nextInt(words.length)];
    }
}
