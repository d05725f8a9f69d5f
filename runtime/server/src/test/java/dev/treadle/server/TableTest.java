package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.table.cassandra.CassandraSettings;
import dev.treadle.testkit.CassandraProcess;
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

/** Tables that functions bind, on a whole node. */
class TableTest {
    private static final String NOTES =
            """
            public class Notes implements HttpFunction {
                public Response handle(Request request, Context context) {
                    Table notes = context.table("notes");
                    String author = request.pathParam("key");
                    if (request.method().equals("POST")) {
                        int line = notes.scan(TableScan.of(author)).rows().size();
                        notes.put(TableRow.of("author", author).with("line", line)
                                .with("text", request.text()));
                        return Response.text("put " + line);
                    }
                    return Response.text(notes.scan(TableScan.of(author).backward()).rows()
                            .stream().map(row -> row.text("text").orElse("-")).toList()
                            .toString());
                }
            }
            """;

    private static final String MANIFEST =
            """
            triggers: [http: {path: '%s/{key}'}]
            bindings:
              notes:
                table: notes
                key: {partition: {author: text}, clustering: {line: int}}
                columns: {%s}
            """;

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void functionsShareATableThatOutlivesTheNode() throws IOException {
        node.deploy("one", NOTES, MANIFEST.formatted("/one", "text: text"));
        node.deploy("two", NOTES, MANIFEST.formatted("/two", "text: text, stars: int"));
        assertThat(node.http("POST", "/one/ada", "first").body()).isEqualTo("put 0");
        assertThat(node.http("POST", "/two/ada", "second").body()).isEqualTo("put 1");
        node.close();
        node = new TestNode(data);

        assertThat(node.get("/one/ada").body()).isEqualTo("[second, first]");
    }

    @Test
    void anotherSchemaThanAnotherFunctionsIsRefused() throws IOException {
        node.deploy("one", NOTES, MANIFEST.formatted("/one", "text: text"));

        assertThatThrownBy(
                        () -> node.deploy("two", NOTES, MANIFEST.formatted("/two", "text: bytes")))
                .hasMessageContaining("TR-1101")
                .hasMessageContaining(
                        "bindings.notes.columns.text: expected text, as one@v1 declares the table notes; found bytes.");
        assertThat(node.get("/two/ada").statusCode()).isEqualTo(404);
    }

    @Test
    void anotherSchemaThanTheTableHasIsRefused() throws IOException {
        node.deploy("one", NOTES, MANIFEST.formatted("/one", "text: text"));
        node.admin("DELETE", "/v1/functions/one");

        assertThatThrownBy(
                        () -> node.deploy("two", NOTES, MANIFEST.formatted("/two", "text: bytes")))
                .hasMessageContaining("TR-1101")
                .hasMessageContaining(
                        "bindings.notes.columns.text: expected text, as the table notes has it in rocksdb in ");
    }

    @Test
    void theSameFunctionRunsOnACassandra() throws IOException {
        node.close();
        try (CassandraProcess server = CassandraProcess.start(data)) {
            node = new TestNode(data, behind(server));
            node.deploy("one", NOTES, MANIFEST.formatted("/one", "text: text"));
            assertThat(node.http("POST", "/one/ada", "first").body()).isEqualTo("put 0");
            assertThat(node.http("POST", "/one/ada", "second").body()).isEqualTo("put 1");
            assertThat(node.get("/one/ada").body()).isEqualTo("[second, first]");
            node.admin("DELETE", "/v1/functions/one");
            assertThatThrownBy(
                            () ->
                                    node.deploy(
                                            "two", NOTES, MANIFEST.formatted("/two", "text: int")))
                    .hasMessageContaining(
                            "expected text, as the table notes has it in cassandra keyspace shop");

            node.deploy("one", NOTES, MANIFEST.formatted("/one", "text: text"));
            server.kill();
            HttpResponse<String> failed = node.get("/one/ada");
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.body()).contains("TR-5004").doesNotContain("" + server.port());
            assertThat(node.admin("GET", "/v1/functions/one").body())
                    .contains("cassandra keyspace shop at 127.0.0.1:")
                    .contains("\"state\":\"down\"");
            assertThat(
                            node.deploy("two", NOTES, MANIFEST.formatted("/two", "text: text"))
                                    .toString())
                    .contains("cannot be made or checked now, the first call will");
        }
    }

    private static BindingsConfig behind(CassandraProcess server) {
        BindingsConfig embedded = TestNode.embedded();
        CassandraSettings settings =
                new CassandraSettings(
                        List.of(new CassandraSettings.Address("127.0.0.1", server.port())),
                        "datacenter1",
                        "shop",
                        Map.of("datacenter1", 1),
                        Optional.empty(),
                        CassandraSettings.Login.NONE);
        return new BindingsConfig(
                embedded.kv(),
                new StoreMap<>(
                        new TableSettings(
                                Capacity.DEFAULT,
                                new TableSettings.Cassandra(settings, "local-quorum")),
                        Map.of()),
                embedded.blobs(),
                embedded.search(),
                embedded.vectors());
    }

    @Test
    void describeAndMetricsSayWhatIsBehindIt() throws IOException {
        node.deploy("one", NOTES, MANIFEST.formatted("/one", "text: text"));
        node.get("/one/a");

        HttpResponse<String> described = node.admin("GET", "/v1/functions/one");
        new OpenApi().check("GET", "/v1/functions/{name}", described);
        JsonNode binding = TestNode.json(described).path("bindings").path(0);
        assertThat(binding.path("kind").asString()).isEqualTo("table");
        assertThat(binding.path("target").asString()).isEqualTo("notes");
        assertThat(binding.path("provider").asString()).startsWith("rocksdb in ");
        assertThat(binding.path("state").asString()).isEqualTo("up");
        HttpResponse<String> providers = node.admin("GET", "/v1/bindings");
        new OpenApi().check("GET", "/v1/bindings", providers);
        assertThat(providers.body()).contains("\"kind\":\"table\"");
        assertThat(node.stranger("GET", "/metrics").body())
                .contains(
                        "treadle_binding_duration_seconds_count{faas_name=\"one\",binding=\"notes\",kind=\"table\",provider=\"rocksdb\"} 1\n");
    }
}
