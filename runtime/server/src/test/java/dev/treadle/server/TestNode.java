package dev.treadle.server;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.blobs.BlobSettings;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.search.SearchSettings;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.vectors.VectorSettings;
import dev.treadle.inference.InferenceConfig;
import dev.treadle.registry.Digest;
import dev.treadle.server.grpc.GrpcConfig;
import dev.treadle.server.oip.OipConfig;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import dev.treadle.testkit.SourceJar;
import dev.treadle.trigger.http.HttpTriggerConfig;
import dev.treadle.trigger.nats.server.NatsBinary;
import dev.treadle.trigger.nats.server.NatsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole node on free ports, and a client that has its token. */
final class TestNode implements AutoCloseable {
    static final String ECHO =
            """
            public class Echo implements HttpFunction {
                public Response handle(Request request, Context context) {
                    return Response.text(request.text());
                }
            }
            """;
    static final String GRPC_TOKEN = "a-token-for-callers";
    static final String OIP_TOKEN = "a-token-for-clients";
    private static final JsonMapper JSON = new JsonMapper();

    final Node node;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestNode(Path data) throws IOException {
        this(data, NatsSettings.off());
    }

    private TestNode(Path data, NatsSettings nats) throws IOException {
        this(config(data, nats, embedded()));
    }

    /** Everything embedded, with patience for a machine that is slow. */
    static BindingsConfig embedded() {
        Capacity patient = new Capacity(128, 1000, Duration.ofSeconds(30));
        BindingsConfig usual = BindingsConfig.embedded();
        return new BindingsConfig(
                usual.kv().map(each -> new KvSettings(patient, each.source())),
                usual.tables().map(each -> new TableSettings(patient, each.source())),
                usual.blobs().map(each -> new BlobSettings(patient, each.source())),
                usual.search().map(each -> new SearchSettings(patient, each.source())),
                usual.vectors().map(each -> new VectorSettings(patient, each.source())));
    }

    /** One without NATS, with these providers. */
    TestNode(Path data, BindingsConfig bindings) throws IOException {
        this(config(data, NatsSettings.off(), bindings));
    }

    /** One that serves its models over gRPC at this port. */
    static TestNode withModelsAt(Path data, int port) throws IOException {
        return new TestNode(config(data, NatsSettings.off(), embedded(), port, Optional.empty()));
    }

    /** One whose listeners for gRPC and models show this certificate. */
    static TestNode withTls(Path data, HttpTriggerConfig.Tls tls) throws IOException {
        return new TestNode(config(data, NatsSettings.off(), embedded(), 0, Optional.of(tls)));
    }

    private TestNode(NodeConfig config) throws IOException {
        Path data = config.data();
        node = new Node(config, _ -> {});
        node.start(Optional.empty());
        node.joinNats();
        token = Files.readString(data.resolve("admin.token")).strip();
    }

    /** One that works with a server which runs already. */
    TestNode(Path data, NatsProcess server) throws IOException {
        this(
                data,
                new NatsSettings(
                        new NatsSettings.External(List.of(server.url())),
                        new NatsSettings.Anonymous(),
                        Optional.empty()));
    }

    /** One that manages a server of its own; the test is skipped where there is none to be had. */
    static TestNode withNats(Path data) throws IOException, InterruptedException {
        if (NatsBinary.find().isEmpty()) {
            NatsRelease.missing("a nats-server");
        }
        return new TestNode(data, NatsSettings.defaults());
    }

    static NodeConfig config(Path data) {
        return config(data, NatsSettings.off(), embedded());
    }

    private static NodeConfig config(Path data, NatsSettings nats, BindingsConfig bindings) {
        return config(data, nats, bindings, 0, Optional.empty());
    }

    private static NodeConfig config(
            Path data,
            NatsSettings nats,
            BindingsConfig bindings,
            int oipGrpcPort,
            Optional<HttpTriggerConfig.Tls> tls) {
        return new NodeConfig(
                data,
                HttpTriggerConfig.defaults().at("127.0.0.1", 0),
                Optional.empty(),
                "127.0.0.1",
                0,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                1_000,
                1 << 20,
                100,
                List.of("127.0.0.1"),
                nats,
                true,
                bindings,
                InferenceConfig.defaults(1, 1 << 26),
                Optional.of(
                        new OipConfig(
                                "127.0.0.1",
                                0,
                                OptionalInt.of(oipGrpcPort),
                                tls,
                                Optional.of(OIP_TOKEN),
                                1 << 20,
                                Duration.ofSeconds(10))),
                Optional.of(new GrpcConfig("127.0.0.1", 0, tls, Optional.of(GRPC_TOKEN), 1 << 20)));
    }

    /** Sends an admin request with the token. */
    HttpResponse<String> admin(String method, String path, String body) {
        return send(
                request(node.adminUrl() + path, method, body)
                        .header("Authorization", "Bearer " + token));
    }

    /** Sends an admin request with the token and a preference. */
    HttpResponse<String> admin(String method, String path, String body, String preference) {
        return send(
                request(node.adminUrl() + path, method, body)
                        .header("Prefer", preference)
                        .header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> admin(String method, String path) {
        return admin(method, path, "");
    }

    /** Sends an admin request with the token, and leaves the answer's body to be read. */
    HttpResponse<InputStream> open(String method, String path, String body) {
        return send(
                request(node.adminUrl() + path, method, body)
                        .header("Authorization", "Bearer " + token),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Sends an admin request without the token. */
    HttpResponse<String> stranger(String method, String path) {
        return send(request(node.adminUrl() + path, method, ""));
    }

    /** Calls a function's route. */
    HttpResponse<String> http(String method, String path, String body) {
        return send(request(node.httpUrl() + path, method, body));
    }

    HttpResponse<String> get(String path) {
        return http("GET", path, "");
    }

    /** Uploads a function made of a source text. */
    String upload(String source) throws IOException {
        return upload(SourceJar.compile(source).bytes());
    }

    /** Uploads an artifact. */
    String upload(byte[] jar) {
        String digest = Digest.of(jar).hex();
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(
                                        URI.create(node.adminUrl() + "/v1/artifacts/" + digest))
                                .header("Authorization", "Bearer " + token)
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(jar)));
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return digest;
    }

    /** Makes a model of a file live; it must work. */
    JsonNode push(String name, byte[] file) {
        HttpResponse<String> response =
                admin(
                        "POST",
                        "/v1/models/" + name + "/releases",
                        JSON.writeValueAsString(Map.of("artifact", upload(file))));
        if (response.statusCode() > 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    /** Deploys a function made of a source text, with more lines of manifest. */
    HttpResponse<String> tryDeploy(String name, String source, String more) throws IOException {
        String manifest =
                """
                schema: 1
                name: %s
                entry: %s
                """
                                .formatted(name, SourceJar.compile(source).entry())
                        + more;
        return post(name, manifest, upload(source));
    }

    HttpResponse<String> post(String name, String manifest, String digest) {
        return admin(
                "POST",
                "/v1/functions/" + name + "/releases",
                JSON.writeValueAsString(Map.of("manifest", manifest, "artifact", digest)));
    }

    /** As {@link #tryDeploy}, and it must work. */
    JsonNode deploy(String name, String source, String more) throws IOException {
        HttpResponse<String> response = tryDeploy(name, source, more);
        if (response.statusCode() > 201) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    /** Deploys with a route of the function's name. */
    JsonNode deploy(String name, String source) throws IOException {
        return deploy(name, source, "triggers: [http: {path: /%s}]".formatted(name));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String url, String method, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
    }

    @Override
    public void close() {
        client.close();
        node.close();
    }
}
