package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.blobs.S3Settings;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.MinioProcess;
import java.io.IOException;
import java.net.URI;
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

/** Files that functions bind, on a whole node. */
class BlobsTest {
    private static final String FILES =
            """
            public class Files implements HttpFunction {
                public Response handle(Request request, Context context) {
                    Blobs files = context.blobs("files");
                    String key = request.pathParam("key");
                    if (request.method().equals("PUT")) {
                        Blobs.Info put =
                                files.put(key, request.stream(), Blobs.Attributes.of("text/plain"));
                        return Response.text("" + put.size());
                    }
                    Blobs.Blob blob = files.get(key).orElseThrow(NotFound::new);
                    return Response.stream(out -> {
                        try (var in = blob.stream()) {
                            in.transferTo(out);
                        }
                    }).contentType(blob.info().contentType().orElseThrow());
                }
            }
            """;

    private static final String MANIFEST =
            """
            triggers: [http: {path: '/files/{key}'}]
            limits: {payload: 64Mi}
            bindings: {files: {blobs: files}}
            """;

    private static final String LARGE = "0123456789".repeat(1_000_000);

    @TempDir Path data;
    @AutoClose private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(data);
    }

    @Test
    void blobsOfAnySizeGoThroughAFunctionAndOutliveTheNode() throws IOException {
        node.deploy("files", FILES, MANIFEST);
        putAndGet();
        node.close();
        node = new TestNode(data);

        assertThat(node.get("/files/a").body()).isEqualTo(LARGE);
    }

    @Test
    void theSameFunctionRunsOnAnS3AndSaysWhenItIsGone() throws Exception {
        node.close();
        try (MinioProcess server = MinioProcess.start(data)) {
            node = new TestNode(data, behind(server));
            node.deploy("files", FILES, MANIFEST);
            putAndGet();
            assertThat(provider().path("provider").asString()).isEqualTo("s3 at " + server.url());
            assertThat(provider().path("state").asString()).isEqualTo("up");

            server.kill();
            assertThat(node.http("PUT", "/files/b", "b").body()).contains("TR-5004");
            assertThat(provider().path("state").asString()).isEqualTo("down");
            server.startAgain();
            Eventually.holds(() -> node.http("PUT", "/files/b", "b").body().equals("1"));
            assertThat(node.get("/files/a").body()).isEqualTo(LARGE);
        }
    }

    private void putAndGet() {
        assertThat(node.http("PUT", "/files/a", LARGE).body()).isEqualTo("10000000");
        HttpResponse<String> got = node.get("/files/a");
        assertThat(got.body()).isEqualTo(LARGE);
        assertThat(got.headers().firstValue("content-type")).hasValue("text/plain");
        assertThat(node.get("/files/none").statusCode()).isEqualTo(404);
    }

    private JsonNode provider() {
        JsonNode described = TestNode.json(node.admin("GET", "/v1/functions/files"));
        return described.path("bindings").path(0);
    }

    private static BindingsConfig behind(MinioProcess server) {
        BindingsConfig embedded = TestNode.embedded();
        S3Settings settings =
                new S3Settings(
                        URI.create(server.url()),
                        "us-east-1",
                        Optional.empty(),
                        new S3Settings.Keys(MinioProcess.ACCESS_KEY, MinioProcess.SECRET_KEY));
        return new BindingsConfig(
                embedded.kv(),
                embedded.tables(),
                new StoreMap<>(
                        new BlobSettings(
                                new Capacity(8, 100, Duration.ofSeconds(30)),
                                new BlobSettings.S3(settings)),
                        Map.of()),
                embedded.search(),
                embedded.vectors());
    }
}
