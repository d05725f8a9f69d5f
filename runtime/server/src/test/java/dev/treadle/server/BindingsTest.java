package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.testkit.RedisProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What functions bind, on a whole node. */
class BindingsTest {
    private static final String COUNT =
            """
            public class Count implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text("" + context.kv("hits").add(request.pathParam("key"), 1));
                }
            }
            """;

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void functionsThatNameTheSameStoreShareIt() throws IOException {
        node.deploy("one", COUNT, manifest("/one", "hits"));
        node.deploy("two", COUNT, manifest("/two", "hits"));
        node.deploy("other", COUNT, manifest("/other", "others"));

        assertThat(node.get("/one/a").body()).isEqualTo("1");
        assertThat(node.get("/two/a").body()).isEqualTo("2");
        assertThat(node.get("/other/a").body()).isEqualTo("1");
    }

    @Test
    void whatWasPutOutlivesTheFunctionAndTheNode() throws IOException {
        node.deploy("one", COUNT, manifest("/one", "hits"));
        node.get("/one/a");
        node.admin("DELETE", "/v1/functions/one");
        node.close();
        node = new TestNode(data);
        node.deploy("one", COUNT, manifest("/one", "hits"));

        assertThat(node.get("/one/a").body()).isEqualTo("2");
    }

    @Test
    void aBindingThatTheManifestDoesNotHaveIsTheFunctionsFault() throws IOException {
        node.deploy("one", COUNT, "triggers: [http: {path: '/one/{key}'}]");

        assertThat(node.get("/one/a").statusCode()).isEqualTo(500);
        assertThat(node.admin("GET", "/v1/functions/one/logs").body())
                .contains("one has no kv binding 'hits': list it in function.yaml");
    }

    @Test
    void describeAndMetricsSayWhatIsBehindABinding() throws IOException {
        node.deploy("one", COUNT, manifest("/one", "hits"));
        node.get("/one/a");

        HttpResponse<String> described = node.admin("GET", "/v1/functions/one");
        new OpenApi().check("GET", "/v1/functions/{name}", described);
        JsonNode binding = TestNode.json(described).path("bindings").path(0);
        assertThat(binding.path("binding").asString()).isEqualTo("hits");
        assertThat(binding.path("kind").asString()).isEqualTo("kv");
        assertThat(binding.path("target").asString()).isEqualTo("hits");
        assertThat(binding.path("provider").asString()).startsWith("rocksdb in ");
        assertThat(binding.path("state").asString()).isEqualTo("up");
        String labels = "{faas_name=\"one\",binding=\"hits\",kind=\"kv\",provider=\"rocksdb\"} ";
        assertThat(node.stranger("GET", "/metrics").body())
                .contains("treadle_binding_duration_seconds_count" + labels + "1\n")
                .contains("treadle_binding_errors_total" + labels + "0\n")
                .contains("treadle_binding_refused_total" + labels + "0\n");

        node.admin("DELETE", "/v1/functions/one");
        assertThat(node.stranger("GET", "/metrics").body()).doesNotContain("treadle_binding_");
    }

    @Test
    void theSameFunctionRunsOnARedisAndOutlivesItsBreaks() throws Exception {
        node.close();
        try (RedisProcess redis = RedisProcess.start(data)) {
            node = new TestNode(data, behind(redis));
            node.deploy("one", COUNT, manifest("/one", "hits"));
            assertThat(node.get("/one/a").body()).isEqualTo("1");
            assertThat(provider().path("state").asString()).isEqualTo("up");

            redis.kill();
            HttpResponse<String> failed = node.get("/one/a");
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.body()).contains("TR-5004").doesNotContain("" + redis.port());
            assertThat(provider().path("state").asString()).isEqualTo("down");
            assertThat(provider().path("reason").asString()).contains("Connection refused");
            assertThat(node.stranger("GET", "/metrics").body())
                    .contains(
                            "treadle_binding_errors_total{faas_name=\"one\",binding=\"hits\",kind=\"kv\",provider=\"redis\"} 1\n");

            redis.startAgain();
            assertThat(node.get("/one/a").body()).isEqualTo("1");
            assertThat(node.get("/one/a").body()).isEqualTo("2");
        }
    }

    @Test
    void aServerThatDoesNotAnswerDoesNotOutlastTheCall() throws Exception {
        node.close();
        try (RedisProcess redis = RedisProcess.start(data)) {
            node = new TestNode(data, behind(redis));
            node.deploy("one", COUNT, manifest("/one", "hits") + "limits: {timeout: 300ms}\n");
            node.get("/one/a");
            redis.freeze();
            try {
                assertThat(node.get("/one/a").body()).contains("TR-2002");
            } finally {
                redis.thaw();
            }
            assertThat(node.get("/one/b").body()).isEqualTo("1");
        }
    }

    @Test
    void aCachedBindingAnswersFromCopiesAndSeesWhatTheNodeWrites() throws IOException {
        String read =
                """
                public class Read implements HttpFunction {
                    public Response handle(Request request, Context context) {
                        return Response.text(context.kv("hits").get(request.pathParam("key"))
                                .map(entry -> entry.text()).orElse("nothing"));
                    }
                }
                """;
        node.deploy("count", COUNT, manifest("/count", "hits"));
        node.deploy(
                "read",
                read,
                "triggers: [http: {path: '/read/{key}'}]\nbindings: {hits: {kv: hits, cached: 1h}}\n");

        assertThat(node.get("/read/a").body()).isEqualTo("nothing");
        assertThat(node.get("/read/a").body()).isEqualTo("nothing");
        node.get("/count/a");
        assertThat(node.get("/read/a").body()).isEqualTo("1");
        assertThat(node.get("/read/a").body()).isEqualTo("1");
        String labels = "{faas_name=\"read\",binding=\"hits\",kind=\"kv\",provider=\"rocksdb\"} ";
        assertThat(node.stranger("GET", "/metrics").body())
                .contains("treadle_binding_duration_seconds_count" + labels + "2\n")
                .contains("treadle_binding_cached_total" + labels + "2\n");
    }

    private JsonNode provider() {
        return TestNode.json(node.admin("GET", "/v1/bindings")).path("providers").path(0);
    }

    private static BindingsConfig behind(RedisProcess redis) {
        RedisSettings server =
                new RedisSettings(
                        List.of(new RedisSettings.Address("127.0.0.1", redis.port())),
                        new RedisSettings.Mode.Standalone(),
                        Optional.empty(),
                        RedisSettings.Login.NONE,
                        0);
        return new BindingsConfig(
                new StoreMap<>(
                        new KvSettings(Capacity.DEFAULT, new KvSettings.Redis(server)), Map.of()),
                TestNode.embedded().tables(),
                TestNode.embedded().blobs(),
                TestNode.embedded().search(),
                TestNode.embedded().vectors());
    }

    private static String manifest(String path, String store) {
        return "triggers: [http: {path: '%s/{key}'}]\nbindings: {hits: {kv: %s}}\n"
                .formatted(path, store);
    }
}
