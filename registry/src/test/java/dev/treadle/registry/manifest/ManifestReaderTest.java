package dev.treadle.registry.manifest;

import static dev.treadle.registry.manifest.ManifestTexts.HEAD;
import static dev.treadle.registry.manifest.ManifestTexts.invalid;
import static dev.treadle.registry.manifest.ManifestTexts.messages;
import static dev.treadle.registry.manifest.ManifestTexts.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.BindingSpec.Distance;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Limits;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Requirement;
import dev.treadle.registry.TriggerSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    @Test
    void everythingThatIsDeclaredIsRead() {
        Manifest manifest =
                valid(
                        """
                        schema: 1
                        name: thumbnail
                        entry: com.acme.Thumbnail
                        limits: {timeout: 1500ms, stream: 2h, concurrency: 7, queue: 0, payload: 10M}
                        config: {SIZE: "256", RATIO: 1.50, FAST: true, EMPTY: ""}
                        secrets: [API_KEY]
                        triggers:
                          - http:
                              path: "/thumb/{id}"
                              methods: [GET, POST]
                              auth: none
                              cors:
                                origins: ["https://app.example.com"]
                                methods: [GET]
                                headers: [X-A]
                                expose: [ETag]
                                credentials: true
                                maxAge: 10m
                        calls: [resize, blur]
                        """);
        TriggerSpec.Cors cors =
                new TriggerSpec.Cors(
                        List.of("https://app.example.com"),
                        List.of("GET"),
                        List.of("X-A"),
                        List.of("ETag"),
                        true,
                        Duration.ofMinutes(10));
        assertThat(manifest)
                .isEqualTo(
                        new Manifest(
                                new FunctionName("thumbnail"),
                                "com.acme.Thumbnail",
                                new Limits(
                                        Duration.ofMillis(1500),
                                        Duration.ofHours(2),
                                        7,
                                        0,
                                        10_000_000),
                                Map.of("SIZE", "256", "RATIO", "1.50", "FAST", "true", "EMPTY", ""),
                                List.of("API_KEY"),
                                List.of(
                                        new TriggerSpec.Http(
                                                "/thumb/{id}",
                                                List.of("GET", "POST"),
                                                Optional.of(cors))),
                                List.of("resize", "blur")));
    }

    @Test
    void dependenciesAreRead() {
        Manifest manifest =
                valid(
                        HEAD
                                + """
                                requires:
                                  - {tcp: "db:5432"}
                                  - {http: "http://stock/health", interval: 10s, timeout: 1s, failures: 1}
                                """);
        assertThat(manifest.requires())
                .containsExactly(
                        new Requirement(
                                new Requirement.Target.Tcp("db", 5432),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                3),
                        new Requirement(
                                new Requirement.Target.Http(URI.create("http://stock/health")),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                1));
        assertThat(manifest.requires().get(0)).hasToString("tcp db:5432");
    }

    @Test
    void bindingsAreRead() {
        Manifest manifest =
                valid(
                        HEAD
                                + "bindings: {cache: {kv: sessions, ttl: 1h}, seen: {kv: seen, cached: 5s}, clip: {model: vit, batch: {max: 16}}, words: {search: articles}, near: {vectors: texts, dimensions: 3}, far: {vectors: texts, dimensions: 4, distance: dot}}");
        assertThat(manifest.bindings())
                .containsExactly(
                        Map.entry(
                                "cache",
                                new BindingSpec.Kv(
                                        "sessions",
                                        Optional.of(Duration.ofHours(1)),
                                        Optional.empty())),
                        Map.entry(
                                "seen",
                                new BindingSpec.Kv(
                                        "seen",
                                        Optional.empty(),
                                        Optional.of(Duration.ofSeconds(5)))),
                        Map.entry("clip", new BindingSpec.Model("vit", OptionalInt.of(16))),
                        Map.entry("words", new BindingSpec.Search("articles")),
                        Map.entry("near", new BindingSpec.Vectors("texts", 3, Distance.COSINE)),
                        Map.entry("far", new BindingSpec.Vectors("texts", 4, Distance.DOT)));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Manifest manifest = valid(HEAD);
        assertThat(manifest.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(manifest.config()).isEmpty();
        assertThat(manifest.secrets()).isEmpty();
        assertThat(manifest.triggers()).isEmpty();
        assertThat(manifest.calls()).isEmpty();
    }

    @Test
    void aLongTimeoutTakesTheStreamLimitAlong() {
        Limits limits = valid(HEAD + "limits: {timeout: 1h}").limits();
        assertThat(limits.stream()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void allErrorsComeAtOnceEachWithItsLine() {
        ParsedManifest.Invalid invalid =
                invalid(
                        """
                        schema: 2
                        name: My_Function
                        entry: app/Hello
                        limits:
                          timeout: 10
                          stream: 5 minutes
                          concurrency: "7"
                          queue: -1
                          payload: 3000Gi
                          cpu: 2s
                        config:
                          A:
                          B: [1]
                          "1x": y
                        secrets: [API-KEY, A, A]
                        triggers:
                          - http: {path: thumb/, methods: [get], auth: jwt}
                          - nats: {subject: uploads}
                          - htpp: {path: /x}
                          - http: {cors: {origins: ["*"], credentials: true, maxAge: 2d}}
                        bindings: {cache: {kv: Sessions, ttl: 0s, cached: 2h}, 1x: {kvv: a}, clip: {function: b}, near: {vectors: b, distance: cosin}}
                        calls: [resize@v2, a, a]
                        """);
        assertThat(invalid.errors())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 1: schema: expected 1, found 2",
                        "line 2: name: expected a DNS label: a-z, 0-9 and inner hyphens, 63 characters"
                                + " at most, found \"My_Function\"; did you mean `my-function`?",
                        "line 3: entry: expected the name of the handler class, such as"
                                + " com.acme.Thumbnail, found \"app/Hello\"",
                        "line 5: limits.timeout: expected a duration such as 500ms, 10s, 5m, 2h or"
                                + " 14d, found 10",
                        "line 6: limits.stream: expected a duration such as 500ms, 10s, 5m, 2h or"
                                + " 14d, found \"5 minutes\"",
                        "line 7: limits.concurrency: expected a whole number from 1 to 1000000,"
                                + " found \"7\"",
                        "line 8: limits.queue: expected a whole number from 0 to 1000000, found -1",
                        "line 9: limits.payload: expected a size of at most 1024Gi, found \"3000Gi\"",
                        "line 10: limits.cpu: this key is not known to this version of Treadle; it"
                                + " would have no effect, so take it out",
                        "line 12: config.A: expected text (write \"\" for none), found nothing",
                        "line 13: config.B: expected text (write \"\" for none), found a list",
                        "line 14: config.1x: expected a config key: letters, digits, _, . and -, no"
                                + " digit first, 128 characters at most, found \"1x\"",
                        "line 15: secrets[0]: expected a secret's name: letters, digits and _, no"
                                + " digit first, found \"API-KEY\"",
                        "line 15: secrets[2]: expected each item once, found \"A\" again",
                        "line 17: triggers[0].http.path: a path begins with /, found \"thumb/\"; did"
                                + " you mean `/thumb`?",
                        "line 17: triggers[0].http.methods[0]: expected one of GET, HEAD, POST, PUT,"
                                + " PATCH, DELETE, OPTIONS, found \"get\"; did you mean `GET`?",
                        "line 17: triggers[0].http.auth: this version of Treadle knows only `none`,"
                                + " found \"jwt\"",
                        "line 18: triggers[1].nats.stream: missing, expected a stream's name: letters,"
                                + " digits, _ and -, 255 characters at most",
                        "line 19: triggers[2].htpp: expected a kind of trigger: http, nats, rpc,"
                                + " schedule, found `htpp`; did you mean `http`?",
                        "line 20: triggers[3].http.path: missing, expected a path such as"
                                + " /orders/{id} or /files/{path...}",
                        "line 20: triggers[3].http.cors.maxAge: expected a duration from 0s to 1d,"
                                + " found \"2d\"",
                        "line 20: triggers[3].http.cors.credentials: expected named origins where"
                                + " credentials are allowed, found the origin \"*\" with"
                                + " credentials: true",
                        "line 21: bindings.cache.kv: expected a store's name: a-z, 0-9 and inner"
                                + " hyphens, 63 characters at most, found \"Sessions\"",
                        "line 21: bindings.cache.ttl: expected a duration from 1s to 3650d, found"
                                + " \"0s\"",
                        "line 21: bindings.cache.cached: expected a duration from 10ms to 1h, found"
                                + " \"2h\"",
                        "line 21: bindings.1x: expected a binding's name: letters, digits, _ and -,"
                                + " no digit first, 63 characters at most, found \"1x\"",
                        "line 21: bindings.1x: expected a mapping with one of kv, table, model, blobs,"
                                + " search, vectors, such as {kv: sessions}, found the keys [kvv]",
                        "line 21: bindings.clip.function: this key is not known to this version of"
                                + " Treadle; it would have no effect, so take it out",
                        "line 21: bindings.near.dimensions: missing, expected how many numbers a"
                                + " vector has, such as 384",
                        "line 21: bindings.near.distance: expected one of cosine, dot, euclidean,"
                                + " found \"cosin\"; did you mean `cosine`?",
                        "line 22: calls[0]: expected a function's name, without an alias: a-z, 0-9"
                                + " and inner hyphens, 63 characters at most, found \"resize@v2\"",
                        "line 22: calls[2]: expected each item once, found \"a\" again");
    }

    @Test
    void allErrorsOfATableAreTold() {
        ParsedManifest.Invalid invalid =
                invalid(
                        HEAD
                                + """
                                bindings:
                                  a: {table: my_orders, key: {partition: {a: text}, clusterin: {b: int}}}
                                  b: {table: orders}
                                  c: {table: orders, key: {partition: {A: txt, b: double}, clustering: {b: int}}}
                                  d: {table: orders, key: {partition: {}}, columns: [total]}
                                """);
        assertThat(invalid.errors())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 5: bindings.a.table: expected a table's name: a-z, 0-9 and inner hyphens,"
                                + " 48 characters at most, found \"my_orders\"",
                        "line 6: bindings.b.key: missing, expected a mapping such as {partition:"
                                + " {customer: text}, clustering: {placed: time}}",
                        "line 7: bindings.c.key.partition.A: expected a column's name: a-z, 0-9 and _,"
                                + " a letter first, 48 characters at most, found \"A\"",
                        "line 7: bindings.c.key.partition.A: expected one of text, int, long, double,"
                                + " boolean, time, uuid, bytes, found \"txt\"; did you mean `text`?",
                        "line 7: bindings.c.key.partition: expected types for keys: text, int, long,"
                                + " boolean, time, uuid or bytes, found `b: double`",
                        "line 7: bindings.c.key.clustering.b: expected each column once, found `b`"
                                + " again, after bindings.c.key.partition.b",
                        "line 8: bindings.d.key.partition: expected 1 to 8 columns, found 0 columns",
                        "line 8: bindings.d.columns: expected a mapping of columns to types, such as"
                                + " {total: long}, found a list");
        assertThat(invalid.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 5: bindings.a.key.clusterin: unknown key, it has no effect; did you mean"
                                + " `clustering`?");
    }

    @Test
    void aProblemHasItsPartsToo() {
        Problem problem = invalid(HEAD + "limits: {timeout: soon}").errors().getFirst();
        assertThat(problem.path()).isEqualTo("limits.timeout");
        assertThat(problem.line()).isEqualTo(4);
        assertThat(problem.expected()).isEqualTo("a duration such as 500ms, 10s, 5m, 2h or 14d");
        assertThat(problem.found()).isEqualTo("\"soon\"");
        assertThat(problem.suggestion()).isEmpty();
    }

    @Test
    void anUnknownKeyIsAWarningThatSuggestsTheKnownOne() {
        String yaml = HEAD + "trigers: []\nlimits: {concurency: 5}\nowner: me\n";
        ParsedManifest.Valid read = (ParsedManifest.Valid) ManifestReader.read(yaml);
        assertThat(read.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 4: trigers: unknown key, it has no effect; did you mean `triggers`?",
                        "line 5: limits.concurency: unknown key, it has no effect; did you mean"
                                + " `concurrency`?",
                        "line 6: owner: unknown key, it has no effect");
    }

    @Test
    void aMisspeltKeyOfALaterVersionIsNotPassedOver() {
        assertThat(messages(HEAD + "placment: {}"))
                .containsExactly(
                        "placment: `placement`, if that is meant, is not known to this version of"
                                + " Treadle; it would have no effect, so take it out");
    }

    @Test
    void aMissingKeySaysWhichOneWasProbablyMeant() {
        assertThat(messages("schema: 1\nnmae: hello\nentry: app.Hello"))
                .containsExactly(
                        "name: missing, expected a DNS label: a-z, 0-9 and inner hyphens, 63"
                                + " characters at most; `nmae` is there, is it meant?");
    }

    @Test
    void aKeyThatIsThereTwiceIsAnError() {
        assertThat(messages(HEAD + "name: other"))
                .containsExactly("name: expected each key once, found `name` again, after line 2");
    }

    @Test
    void nothingIsNotTakenForADefault() {
        assertThat(messages(HEAD + "limits:\nconfig:\nsecrets:\ntriggers:\n"))
                .containsExactly(
                        "limits: expected a mapping such as {timeout: 10s, concurrency: 200}, found"
                                + " nothing",
                        "config: expected a mapping of names to text, such as {SIZE: \"256\"}, found"
                                + " nothing",
                        "secrets: expected a list of names such as [API_KEY], found nothing",
                        "triggers: expected a list of triggers, found nothing");
    }

    @Test
    void aStreamLimitBelowTheTimeoutIsAnError() {
        assertThat(messages(HEAD + "limits: {timeout: 10s, stream: 5s}"))
                .containsExactly("limits.stream: expected at least the timeout, 10s, found 5s");
    }

    @Test
    void whatIsNotYamlSaysWhere() {
        assertThat(invalid("schema: 1\nname: [a, b\nentry: x").errors())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("line 3: the document: expected YAML, found a syntax error (");
        assertThat(messages(""))
                .containsExactly("the document: expected a manifest, found an empty document");
        assertThat(messages("- a"))
                .containsExactly("expected a mapping with schema, name and entry, found a list");
    }

    @Test
    void aDocumentBeyondTheBoundsIsRefusedBeforeItIsUnfolded() {
        assertThat(messages("a: " + "[".repeat(10_000)))
                .containsExactly("the document: expected at most 20 levels of nesting, found more");
        String bomb = "a: &a [x]\nb: &b [" + "*a, ".repeat(30) + "*a]\nc: [*b, *b]\n";
        assertThat(messages(bomb))
                .containsExactly("the document: expected at most 20 aliases (*name), found more");
        assertThat(messages("#".repeat(300_000)))
                .containsExactly(
                        "the document: expected 262144 characters at most, found 300000 characters");
    }

    @Test
    void anAliasMayBeUsedAndOneThatHoldsItselfDoesNoHarm() {
        String yaml = HEAD + "config: {A: &v x, B: *v}\nloop: &l [*l]\n";
        assertThat(valid(yaml).config()).isEqualTo(Map.of("A", "x", "B", "x"));
    }
}
