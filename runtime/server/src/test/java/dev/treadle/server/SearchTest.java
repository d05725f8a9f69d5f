package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
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
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @AfterEach
    void stop() {
        node.close();
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
