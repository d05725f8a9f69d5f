package dev.treadle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The control of search in an OpenSearch: its own client with requests that keep the same promises.
 * Nothing is written to an index that nobody made; no part of what is found is left out in silence;
 * scores and pages are the same whatever shard and copy a document lies in; a search that nobody
 * waits for any more ends.
 */
final class BareOpenSearch implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE = 20;
    private static final Map<String, String> WRITE = Map.of("require_alias", "true");
    private static final Map<String, String> SEARCH =
            Map.of(
                    "ignore_unavailable", "true",
                    "allow_partial_search_results", "false",
                    "search_type", "dfs_query_then_fetch",
                    "preference", "bench",
                    "cancel_after_time_interval", "30s");

    private final OpenSearchTransport transport;
    private final OpenSearchGenericClient client;
    private final String index;

    BareOpenSearch(String url, String index) {
        URI server = URI.create(url);
        this.transport =
                ApacheHttpClient5TransportBuilder.builder(
                                new HttpHost(
                                        server.getScheme(), server.getHost(), server.getPort()))
                        .build();
        this.client = new OpenSearchGenericClient(transport);
        this.index = index;
    }

    void put(String id, String text) {
        String write =
                JSON.writeValueAsString(Map.of("index", Map.of("_id", id)))
                        + "\n"
                        + JSON.writeValueAsString(
                                Map.of(
                                        "id", id,
                                        "names", List.of("t:text"),
                                        "f", Map.of("text", text)))
                        + "\n";
        send("/" + index + "/_bulk", WRITE, write);
    }

    void find(String words) {
        List<Object> all = Arrays.stream(words.split(" ", -1)).map(BareOpenSearch::word).toList();
        Map<String, Object> body =
                Map.of(
                        "query",
                        Map.of("bool", Map.of("must", all)),
                        "size",
                        PAGE,
                        "track_total_hits",
                        true,
                        "track_scores",
                        true,
                        "sort",
                        List.of("_score", Map.of("id", "asc")));
        send("/" + index + "/_search", SEARCH, JSON.writeValueAsString(body));
    }

    private static Object word(String word) {
        Map<String, Object> itself =
                Map.of("term", Map.of("f.text", Map.of("value", word, "boost", 2)));
        Map<String, Object> like =
                Map.of(
                        "value",
                        word,
                        "fuzziness",
                        "AUTO:4,8",
                        "prefix_length",
                        1,
                        "max_expansions",
                        30);
        return Map.of(
                "dis_max",
                Map.of("queries", List.of(itself, Map.of("fuzzy", Map.of("f.text", like)))));
    }

    private void send(String path, Map<String, String> parameters, String body) {
        try (Response response =
                client.execute(
                        Requests.builder()
                                .method("POST")
                                .endpoint(path)
                                .query(parameters)
                                .json(body)
                                .build())) {
            try (Body answer = response.getBody().orElseThrow()) {
                JSON.readTree(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
