package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.search.opensearch.OpenSearchSettings;
import dev.treadle.testkit.OpenSearchProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Documents that functions bind, on a whole node. */
class SearchTest {
    private static final String ARTICLES =
            """
            public class Articles implements HttpFunction {
                public Response handle(Request request, Context context) {
                    Search search = context.search("articles");
                    if (request.method().equals("POST")) {
                        search.put(SearchDocument.of(request.pathParam("key"))
                                .text("body", request.text()));
                        return Response.text("put");
                    }
                    SearchQuery query = SearchQuery.of(request.pathParam("key")).asFresh();
                    return Response.text(search.find(query).hits().stream()
                            .map(hit -> hit.id()).toList().toString());
                }
            }
            """;

    private static final String MANIFEST =
            "triggers: [http: {path: '%s/{key}'}]\nbindings: {articles: {search: texts}}\n";

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void functionsFindWhatOthersHavePut() throws IOException {
        node.deploy("one", ARTICLES, MANIFEST.formatted("/one"));
        node.deploy("two", ARTICLES, MANIFEST.formatted("/two"));
        node.http("POST", "/one/a", "Maps of the world");

        assertThat(node.get("/two/mapz").body()).isEqualTo("[a]");
    }

    @Test
    void whatWasPutOutlivesTheNode() throws IOException {
        node.deploy("one", ARTICLES, MANIFEST.formatted("/one"));
        node.http("POST", "/one/a", "Maps of the world");
        node.close();
        node = new TestNode(data);

        assertThat(node.get("/one/world").body()).isEqualTo("[a]");
    }

    @Test
    void theSameFunctionRunsOnAnOpenSearch() throws IOException {
        node.close();
        try (OpenSearchProcess server = OpenSearchProcess.start(data)) {
            node = new TestNode(data, behind(server));
            node.deploy("one", ARTICLES, MANIFEST.formatted("/one"));
            node.http("POST", "/one/a", "Maps of the world");
            assertThat(node.get("/one/mapz").body()).isEqualTo("[a]");

            server.kill();
            HttpResponse<String> failed = node.get("/one/mapz");
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.body()).contains("TR-5004").doesNotContain(server.url());
            assertThat(node.admin("GET", "/v1/functions/one").body())
                    .contains("opensearch at 127.0.0.1:")
                    .contains("\"state\":\"down\"");
        }
    }

    private static BindingsConfig behind(OpenSearchProcess server) {
        BindingsConfig embedded = TestNode.embedded();
        OpenSearchSettings settings =
                new OpenSearchSettings(
                        List.of(URI.create(server.url())), Optional.empty(), Optional.empty());
        Capacity patient = new Capacity(8, 100, Duration.ofSeconds(30));
        return new BindingsConfig(
                embedded.kv(),
                embedded.tables(),
                embedded.blobs(),
                new StoreMap<>(
                        new SearchSettings(patient, new SearchSettings.OpenSearch(settings)),
                        Map.of()),
                embedded.vectors());
    }

    @Test
    void describeAndMetricsSayWhatIsBehindIt() throws IOException {
        node.deploy("one", ARTICLES, MANIFEST.formatted("/one"));
        node.get("/one/a");

        HttpResponse<String> described = node.admin("GET", "/v1/functions/one");
        new OpenApi().check("GET", "/v1/functions/{name}", described);
        JsonNode binding = TestNode.json(described).path("bindings").path(0);
        assertThat(binding.path("kind").asString()).isEqualTo("search");
        assertThat(binding.path("target").asString()).isEqualTo("texts");
        assertThat(binding.path("provider").asString()).startsWith("lucene in ");
        assertThat(binding.path("state").asString()).isEqualTo("up");
        assertThat(node.admin("GET", "/v1/bindings").body()).contains("\"kind\":\"search\"");
        assertThat(node.stranger("GET", "/metrics").body())
                .contains(
                        "treadle_binding_duration_seconds_count{faas_name=\"one\",binding=\"articles\",kind=\"search\",provider=\"lucene\"} 1\n");
    }
}
