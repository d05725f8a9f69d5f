package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.vectors.VectorSettings;
import dev.treadle.bindings.vectors.qdrant.QdrantSettings;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.qdrant.QdrantServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Vectors that functions bind, on a whole node. */
class VectorsTest {
    private static final String POINTS =
            """
            public class Points implements HttpFunction {
                public Response handle(Request request, Context context) {
                    Vectors vectors = context.vectors("points");
                    String[] parts = request.pathParam("at").split(",");
                    float[] at = new float[parts.length];
                    for (int i = 0; i < at.length; i++) {
                        at[i] = Float.parseFloat(parts[i]);
                    }
                    if (request.method().equals("POST")) {
                        vectors.put(VectorPoint.of(request.text(), at));
                        return Response.text("put");
                    }
                    return Response.text(vectors.find(VectorQuery.near(at).asFresh()).stream()
                            .map(match -> match.id()).toList().toString());
                }
            }
            """;

    private static final String MANIFEST =
            "triggers: [http: {path: '%s/{at}'}]\nbindings: {points: {vectors: plane, dimensions: %d}}\n";

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void functionsFindWhatOthersHavePutAndItOutlivesTheNode() throws IOException {
        node.deploy("one", POINTS, MANIFEST.formatted("/one", 2));
        node.deploy("two", POINTS, MANIFEST.formatted("/two", 2));
        node.http("POST", "/one/1,0", "a");
        node.http("POST", "/one/0,1", "b");

        assertThat(node.get("/two/1,0.1").body()).isEqualTo("[a, b]");
        node.close();
        node = new TestNode(data);
        assertThat(node.get("/two/0.1,1").body()).isEqualTo("[b, a]");
    }

    @Test
    void theSameFunctionRunsOnAQdrantAndSaysWhenItIsGone() throws Exception {
        node.close();
        try (QdrantServer server = new QdrantServer()) {
            node = new TestNode(data, behind(server));
            node.deploy("one", POINTS, MANIFEST.formatted("/one", 2));
            node.http("POST", "/one/1,0", "a");
            node.http("POST", "/one/0,1", "b");
            assertThat(node.get("/one/1,0.1").body()).isEqualTo("[a, b]");
            assertThat(provider().path("provider").asString()).startsWith("qdrant at 127.0.0.1");
            assertThat(provider().path("state").asString()).isEqualTo("up");

            server.kill();
            assertThat(node.get("/one/1,0").body()).contains("TR-5004");
            assertThat(provider().path("state").asString()).isEqualTo("down");
            server.revive();
            Eventually.holds(() -> node.get("/one/1,0").body().equals("[a, b]"));
            assertThat(provider().path("state").asString()).isEqualTo("up");
        }
    }

    private JsonNode provider() {
        JsonNode described = TestNode.json(node.admin("GET", "/v1/functions/one"));
        return described.path("bindings").path(0);
    }

    private static BindingsConfig behind(QdrantServer server) {
        BindingsConfig embedded = TestNode.embedded();
        QdrantSettings settings =
                new QdrantSettings(
                        "127.0.0.1", server.port(), false, Optional.empty(), Optional.empty(), 1);
        return new BindingsConfig(
                embedded.kv(),
                embedded.tables(),
                embedded.blobs(),
                embedded.search(),
                new StoreMap<>(
                        new VectorSettings(
                                new Capacity(8, 100, Duration.ofSeconds(30)),
                                new VectorSettings.Qdrant(settings)),
                        Map.of()));
    }

    @Test
    void aFunctionThatSaysOtherDimensionsIsToldOfIt() throws IOException {
        node.deploy("one", POINTS, MANIFEST.formatted("/one", 2));
        node.deploy("two", POINTS, MANIFEST.formatted("/two", 3));
        node.http("POST", "/one/1,0", "a");

        assertThat(node.get("/two/1,0,0").body()).contains("TR-5005");
        assertThat(node.get("/one/1,0,0").statusCode()).isEqualTo(500);
        assertThat(node.get("/one/1,0").body()).isEqualTo("[a]");
    }

    @Test
    void describeAndMetricsSayWhatIsBehindIt() throws IOException {
        node.deploy("one", POINTS, MANIFEST.formatted("/one", 2));
        node.get("/one/1,0");

        HttpResponse<String> described = node.admin("GET", "/v1/functions/one");
        new OpenApi().check("GET", "/v1/functions/{name}", described);
        JsonNode binding = TestNode.json(described).path("bindings").path(0);
        assertThat(binding.path("kind").asString()).isEqualTo("vectors");
        assertThat(binding.path("target").asString()).isEqualTo("plane");
        assertThat(binding.path("provider").asString()).startsWith("lucene in ");
        assertThat(binding.path("state").asString()).isEqualTo("up");
        assertThat(node.admin("GET", "/v1/bindings").body()).contains("\"kind\":\"vectors\"");
        assertThat(node.stranger("GET", "/metrics").body())
                .contains(
                        "treadle_binding_duration_seconds_count{faas_name=\"one\",binding=\"points\",kind=\"vectors\",provider=\"lucene\"} 1\n");
    }
}
