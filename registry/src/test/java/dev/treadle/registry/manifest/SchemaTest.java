package dev.treadle.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and the reader say the same of the same document. */
class SchemaTest {
    private static final String HEAD = "schema: 1\nname: hello\nentry: app.Hello\n";
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode TEXT = text();
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TEXT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "limits: {}",
                "limits: {timeout: 1ms, stream: 14d, concurrency: 1, queue: 0, payload: 0}",
                "limits: {payload: 4096}",
                "limits: {payload: '4096'}",
                "limits: {payload: 10M}",
                "limits: {payload: 1024Gi}",
                "limits: {concurency: 3}",
                "config: {}",
                "config: {A: x, b.c-d: 1, C: 1.5, D: true, E: ''}",
                "secrets: []",
                "secrets: [A, _b, c9]",
                "calls: []",
                "calls: [resize, a-b, 0x]",
                "triggers: []",
                "triggers: [http: {path: /}]",
                "triggers: [http: {path: '/a/{b}/{c...}', methods: [GET, DELETE], auth: none}]",
                "triggers: [http: {path: /a, cors: {origins: ['*']}}]",
                "triggers: [http: {path: /_treadles, async: {retry: {attempts: 2}, results: 7d}}]",
                "triggers: [http: {path: /a, async: {}}]",
                "triggers: [http: {path: /a, async: {onSuccess: {subject: a.b}}}]",
                "triggers: [nats: {stream: S, subject: a, onFailure: {function: alarm}}]",
                "triggers: [schedule: {cron: '@daily', onFailure: {webhook: 'https://h.example'}}]",
                "triggers: [http: {path: /..., colour: red}]",
                "triggers: [http: {path: /a, cors: {origins: ['http://[::1]:8080', 'null'],"
                        + " headers: ['*'], expose: [], credentials: true, maxAge: 0s}}]",
                "owner: me",
                "triggers: [nats: {stream: S, subject: '>'}]",
                "triggers: [nats: {stream: S, subject: a.*.c.>, ordering: strict, concurrency: 1}]",
                "triggers: [nats: {stream: S, subject: a, ordering: key}]",
                "triggers: [nats: {stream: S, subject: a, ordering: key, key: {token: 2}}]",
                "triggers: [nats: {stream: S, subject: a, retry: {attempts: 1, backoff: [1s, 1s],"
                        + " jitter: none}, deadLetter: {maxAge: 14d}, batch: {size: 50, wait: 20ms}}]",
                "triggers: [nats: {stream: S, subject: a, retry: {}, deadLetter: {}, start: new,"
                        + " maxAge: 1h, create: true, filter: type = 'a'}]",
                "triggers: [nats: {stream: S, subject: a, start: {sequence: 7}, create: false}]",
                "triggers: [nats: {stream: S, subject: a, start: {time: '2026-01-31T08:00:00+01:00'},"
                        + " create: {subjects: [a, b.>]}, colour: red}]",
                "triggers: [rpc: {subject: a.b}, rpc: {subject: a.c, queue: workers}]",
                "triggers: [schedule: {cron: '*/5 * * * *'}, schedule: {cron: '@daily'}]",
                "triggers: [schedule: {cron: 0 0 9 ? * MON-FRI, zone: Europe/Paris, overlap: queue,"
                        + " missed: all}]",
                "bindings: {}",
                "bindings: {cache: {kv: sessions}, seen-2: {kv: a-0, ttl: 1h, cached: 10ms}}",
                "bindings: {cache: {kv: sessions, colour: red}}",
                "bindings: {words: {search: articles}}",
                "bindings: {near: {vectors: texts, dimensions: 1}}",
                "bindings: {near: {vectors: texts, dimensions: 4096, distance: euclidean}}",
                "bindings: {o: {table: orders, key: {partition: {a: text}}}}",
                "bindings: {o: {table: orders, key: {partition: {a: text, b_2: uuid}, clustering:"
                        + " {at: time, n: int}}, columns: {c: double, d: bytes}, ttl: 90d, x: y}}",
                "bindings: {o: {table: orders, key: {partition: {a: text}, clustering: {}},"
                        + " columns: {}}}",
                "bindings: {clip: {model: vit}, b: {model: vit, batch: {max: 4096}}}",
                "bindings: {photos: {blobs: photos}, b: {blobs: b, created: photos.created}}",
                "requires: []",
                "requires: [{tcp: 'db:5432'}, {http: 'https://a.b/c?d=e'}, {function: pricing}]",
                "requires: [{tcp: '[::1]:1', interval: 100ms, timeout: 1m, failures: 100, colour: red}]",
            })
    void bothTake(String tail) {
        assertAgreed(HEAD + tail, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits: null",
                "limits: [timeout]",
                "limits: {timeout: 10}",
                "limits: {timeout: 10 s}",
                "limits: {timeout: 1.5s}",
                "limits: {timeout: 05s}",
                "limits: {timeout: -1s}",
                "limits: {concurrency: 0}",
                "limits: {concurrency: 2.5}",
                "limits: {concurrency: '3'}",
                "limits: {concurrency: 1000001}",
                "limits: {queue: -1}",
                "limits: {queue: true}",
                "limits: {payload: 1Ti}",
                "limits: {payload: -1}",
                "limits: {payload: 2000000000000}",
                "limits: {payload: 1 Mi}",
                "limits: {payload: null}",
                "limits: {cpu: 2s}",
                "limits: {allocation: 1Mi}",
                "config: []",
                "config: {A: null}",
                "config: {A: [x]}",
                "config: {A: {b: c}}",
                "config: {9A: x}",
                "config: {'A B': x}",
                "secrets: A",
                "secrets: [A, A]",
                "secrets: [A-B]",
                "secrets: [1]",
                "triggers: {}",
                "triggers: [http]",
                "triggers: [{}]",
                "triggers: [http: null]",
                "triggers: [http: {}]",
                "triggers: [http: {path: /_treadle/x}]",
                "triggers: [http: {path: /_treadle}]",
                "triggers: [http: {path: /a, async: {results: day}}]",
                "triggers: [nats: {stream: S, subject: a, onFailure: {subject: a.*}}]",
                "triggers: [nats: {stream: S, subject: a, onFailure: {function: A_b}}]",
                "triggers: [nats: {stream: S, subject: a, onSuccess: {webhook: 'ftp://h/x'}}]",
                "triggers: [nats: {stream: S, subject: a, onSuccess: {webhook: 'http://u@h/x'}}]",
                "triggers: [nats: {stream: S, subject: a, onSuccess: {}}]",
                "triggers: [nats: {stream: S, subject: a, onSuccess: {subject: a, function: b}}]",
                "triggers: [nats: {stream: S, subject: a, onSuccess: done}]",
                "triggers: [nats: {subject: a}]",
                "triggers: [nats: {stream: S}]",
                "triggers: [nats: {stream: a.b, subject: a}]",
                "triggers: [nats: {stream: S, subject: a..b}]",
                "triggers: [nats: {stream: S, subject: 'a.>.b'}]",
                "triggers: [nats: {stream: S, subject: s.n1*}]",
                "triggers: [nats: {stream: S, subject: a b}]",
                "triggers: [nats: {stream: S, subject: a, ordering: loose}]",
                "triggers: [nats: {stream: S, subject: a, key: subject}]",
                "triggers: [nats: {stream: S, subject: a, ordering: key, key: header}]",
                "triggers: [nats: {stream: S, subject: a, ordering: key, key: {token: 0}}]",
                "triggers: [nats: {stream: S, subject: a, ordering: key, key: {token: 1, header: b}}]",
                "triggers: [nats: {stream: S, subject: a, ordering: strict, concurrency: 2}]",
                "triggers: [nats: {stream: S, subject: a, concurrency: 0}]",
                "triggers: [nats: {stream: S, subject: a, retry: {attempts: 0}}]",
                "triggers: [nats: {stream: S, subject: a, retry: {backoff: []}}]",
                "triggers: [nats: {stream: S, subject: a, retry: {backoff: 1s}}]",
                "triggers: [nats: {stream: S, subject: a, retry: {jitter: some}}]",
                "triggers: [nats: {stream: S, subject: a, retry: null}]",
                "triggers: [nats: {stream: S, subject: a, deadLetter: none}]",
                "triggers: [nats: {stream: S, subject: a, batch: {wait: 1s}}]",
                "triggers: [nats: {stream: S, subject: a, batch: {size: 1001}}]",
                "triggers: [nats: {stream: S, subject: a, filter: ''}]",
                "triggers: [nats: {stream: S, subject: a, start: old}]",
                "triggers: [nats: {stream: S, subject: a, start: {sequence: 0}}]",
                "triggers: [nats: {stream: S, subject: a, start: {}}]",
                "triggers: [nats: {stream: S, subject: a, create: yes please}]",
                "triggers: [nats: {stream: S, subject: a, create: {subjects: []}}]",
                "triggers: [rpc: {}]",
                "triggers: [rpc: {subject: a, queue: ''}]",
                "triggers: [rpc: {subject: a, queue: a.*}]",
                "triggers: [schedule: {}]",
                "triggers: [schedule: {cron: a}]",
                "triggers: [schedule: {cron: '* * * *'}]",
                "triggers: [schedule: {cron: '* * * * * * *'}]",
                "triggers: [schedule: {cron: '@daily', overlap: wait}]",
                "triggers: [schedule: {cron: '@daily', missed: none}]",
                "triggers: [kafka: {topic: a}]",
                "triggers: [{http: {path: /a}, rpc: {subject: a}}]",
                "triggers: [http: {path: a}]",
                "triggers: [http: {path: ''}]",
                "triggers: [http: {path: /a/}]",
                "triggers: [http: {path: /a//b}]",
                "triggers: [http: {path: '/a%20b'}]",
                "triggers: [http: {path: '/a b'}]",
                "triggers: [http: {path: '/a?b'}]",
                "triggers: [http: {path: /é}]",
                "triggers: [http: {path: /a/../b}]",
                "triggers: [http: {path: /./b}]",
                "triggers: [http: {path: '/a{b}'}]",
                "triggers: [http: {path: '/{}'}]",
                "triggers: [http: {path: '/{9}'}]",
                "triggers: [http: {path: '/{a...}/b'}]",
                "triggers: [http: {path: 7}]",
                "triggers: [http: {path: /a, methods: GET}]",
                "triggers: [http: {path: /a, methods: []}]",
                "triggers: [http: {path: /a, methods: [get]}]",
                "triggers: [http: {path: /a, methods: [BREW]}]",
                "triggers: [http: {path: /a, methods: [GET, GET]}]",
                "triggers: [http: {path: /a, auth: key}]",
                "triggers: [http: {path: /a, auth: null}]",
                "triggers: [http: {path: /a, cors: true}]",
                "triggers: [http: {path: /a, cors: {}}]",
                "triggers: [http: {path: /a, cors: {origins: []}}]",
                "triggers: [http: {path: /a, cors: {origins: '*'}}]",
                "triggers: [http: {path: /a, cors: {origins: [example.com]}}]",
                "triggers: [http: {path: /a, cors: {origins: ['https://a.b/']}}]",
                "triggers: [http: {path: /a, cors: {origins: ['*'], credentials: true}}]",
                "triggers: [http: {path: /a, cors: {origins: ['*'], credentials: 'no'}}]",
                "triggers: [http: {path: /a, cors: {origins: ['*'], maxAge: 600}}]",
                "triggers: [http: {path: /a, cors: {origins: ['*'], headers: [a b]}}]",
                "requires: {tcp: 'db:5432'}",
                "requires: [db]",
                "requires: [{}]",
                "requires: [{interval: 1s}]",
                "requires: [{tcp: 'db:5432', function: a}]",
                "requires: [{tcp: db}]",
                "requires: [{tcp: 5432}]",
                "requires: [{http: 'ftp://a'}]",
                "requires: [{http: /health}]",
                "requires: [{http: 'http://me:secret@a/'}]",
                "requires: [{function: A}]",
                "requires: [{function: a, failures: 0}]",
                "requires: [{function: a, interval: 1}]",
                "requires: [{binding: photos}]",
                "bindings: []",
                "bindings: {cache: sessions}",
                "bindings: {cache: {}}",
                "bindings: {cache: {ttl: 1h}}",
                "bindings: {cache: {kv: Sessions}}",
                "bindings: {cache: {kv: 7}}",
                "bindings: {cache: {kv: sessions, ttl: 60}}",
                "bindings: {cache: {kv: sessions, cached: true}}",
                "bindings: {cache: {kv: sessions, table: orders, key: {partition: {a: text}}}}",
                "bindings: {o: {table: orders}}",
                "bindings: {o: {table: orders, key: text}}",
                "bindings: {o: {table: orders, key: {}}}",
                "bindings: {o: {table: orders, key: {clustering: {a: text}}}}",
                "bindings: {o: {table: orders, key: {partition: {}}}}",
                "bindings: {o: {table: orders, key: {partition: [a]}}}",
                "bindings: {o: {table: orders, key: {partition: {a: string}}}}",
                "bindings: {o: {table: orders, key: {partition: {a: double}}}}",
                "bindings: {o: {table: orders, key: {partition: {A: text}}}}",
                "bindings: {o: {table: Orders, key: {partition: {a: text}}}}",
                "bindings: {o: {table: orders, key: {partition: {a: text}}, columns: {b: number}}}",
                "bindings: {o: {table: orders, key: {partition: {a: text}}, columns: [b]}}",
                "bindings: {9a: {kv: sessions}}",
                "bindings: {a.b: {kv: sessions}}",
                "bindings: {near: {vectors: texts}}",
                "bindings: {near: {dimensions: 3}}",
                "bindings: {near: {vectors: Texts, dimensions: 3}}",
                "bindings: {near: {vectors: texts, dimensions: 0}}",
                "bindings: {near: {vectors: texts, dimensions: 4097}}",
                "bindings: {near: {vectors: texts, dimensions: 3, distance: COSINE}}",
                "bindings: {near: {vectors: texts, dimensions: 3, search: texts}}",
                "bindings: {near: {table: texts}}",
                "bindings: {words: {search: A}}",
                "bindings: {words: {search: a, kv: a}}",
                "bindings: {clip: {model: vit, kv: sessions}}",
                "bindings: {clip: {model: vit, batch: 16}}",
                "bindings: {clip: {model: vit, batch: {}}}",
                "bindings: {clip: {model: vit, batch: {max: 0}}}",
                "bindings: {photos: {blobs: Photos}}",
                "bindings: {photos: {blobs: photos, kv: a}}",
                "bindings: {photos: {blobs: photos, created: a.*}}",
                "calls: resize",
                "calls: [a, a]",
                "calls: [A]",
                "calls: [a@live]",
                "calls: [1]",
                "placement: {}",
            })
    void bothRefuse(String tail) {
        assertAgreed(HEAD + tail, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "name: a\nentry: a.B",
                "schema: 1\nentry: a.B",
                "schema: 1\nname: a",
                "schema: 2\nname: a\nentry: a.B",
                "schema: '1'\nname: a\nentry: a.B",
                "schema: 1\nname: A\nentry: a.B",
                "schema: 1\nname: -a\nentry: a.B",
                "schema: 1\nname: 7\nentry: a.B",
                "schema: 1\nname: a\nentry: a..B",
                "schema: 1\nname: a\nentry: a.B::c",
                "schema: 1\nname: a\nentry: a/B",
                "schema: 1\nname: a\nentry: ''",
            })
    void bothRefuseAWrongHead(String document) {
        assertAgreed(document, false);
    }

    /** What a schema cannot say, or not readably. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits: {timeout: 0s}",
                "limits: {timeout: 2d}",
                "limits: {stream: 15d}",
                "limits: {timeout: 10s, stream: 5s}",
                "limits: {payload: 1025Gi}",
                "limits: {payload: 9999999999999Gi}",
                "triggers: [http: {path: '/{a}/{a}'}]",
                "triggers: [http: {path: /a}, http: {path: /a, methods: [GET]}]",
                "triggers: [rpc: {subject: a}, rpc: {subject: a}]",
                "triggers: [schedule: {cron: '@daily', zone: Europe/Pariss}]",
                "triggers: [schedule: {cron: '@daily', zone: '+19:00'}]",
                "triggers: [nats: {stream: S, subject: a, start: {time: yesterday}}]",
                "triggers: [nats: {stream: S, subject: a, filter: '  '}]",
                "triggers: [nats: {stream: S, subject: a, maxAge: 0s}]",
                "triggers: [nats: {stream: S, subject: a, batch: {size: 2, wait: 2m}}]",
                "bindings: {cache: {kv: sessions, ttl: 1ms}}",
                "bindings: {cache: {kv: sessions, cached: 1d}}",
                "bindings: {o: {table: orders, key: {partition: {a: text}}, columns: {a: text}}}",
                "bindings: {o: {table: orders, key: {partition: {a: text}, clustering: {a: int}}}}",
                "bindings: {o: {table: orders, key: {partition: {a: text}}, ttl: 1ms}}",
                "requires: [{tcp: 'db:65536'}]",
                "requires: [{function: a}, {function: a, failures: 2}]",
                "requires: [{function: a, interval: 2h}]",
                "requires: [{function: a, timeout: 1ms}]",
            })
    void onlyTheReaderRefuses(String tail) {
        assertThat(isValid(HEAD + tail)).isTrue();
        assertThat(ManifestReader.read(HEAD + tail)).isInstanceOf(ParsedManifest.Invalid.class);
    }

    @Test
    void theSchemaTakesEveryManifestThatIsWritten() {
        for (int seed = 0; seed < 200; seed++) {
            String yaml =
                    ManifestWriter.write(new GeneratedManifests(new SplittableRandom(seed)).next());
            assertThat(isValid(yaml)).as("seed %d: %s", seed, yaml).isTrue();
        }
    }

    @Test
    void everyFieldHasADescription() {
        List<String> without = new ArrayList<>();
        collectUndescribed("", TEXT, without);
        assertThat(without).isEmpty();
    }

    private static void collectUndescribed(String path, JsonNode node, List<String> without) {
        for (Map.Entry<String, JsonNode> field : node.path("properties").properties()) {
            boolean described = field.getValue().has("description") || field.getValue().has("$ref");
            if (!described) {
                without.add(path + "/" + field.getKey());
            }
            collectUndescribed(path + "/" + field.getKey(), field.getValue(), without);
        }
        for (Map.Entry<String, JsonNode> definition : node.path("$defs").properties()) {
            assertThat(definition.getValue().has("description")).as(definition.getKey()).isTrue();
            collectUndescribed("/" + definition.getKey(), definition.getValue(), without);
        }
    }

    private static void assertAgreed(String document, boolean good) {
        assertThat(ManifestReader.read(document) instanceof ParsedManifest.Valid)
                .as("the reader takes %s", document)
                .isEqualTo(good);
        assertThat(isValid(document)).as("the schema takes %s", document).isEqualTo(good);
    }

    private static boolean isValid(String document) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(document);
        return SCHEMA.validate(JSON.<JsonNode>valueToTree(value)).isEmpty();
    }

    private static JsonNode text() {
        try (InputStream in =
                SchemaTest.class.getResourceAsStream(
                        "/dev/treadle/registry/function.schema.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
