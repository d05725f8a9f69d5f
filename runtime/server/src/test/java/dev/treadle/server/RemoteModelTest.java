package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.bindings.BindingsConfig;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.StoreMap;
import dev.treadle.bindings.model.ModelSettings;
import dev.treadle.bindings.model.oip.OipModel;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.FreePort;
import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Models that another node runs, over the Open Inference Protocol. */
class RemoteModelTest {
    private static final Problems PROBLEMS = new Problems();
    private static final String MANIFEST =
            "triggers: [http: {path: /f}]\nbindings: {m: {model: scale}}";

    @TempDir Path here;
    @TempDir Path there;
    private int port;
    private TestNode remote;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        port = FreePort.next();
        remote = TestNode.withModelsAt(there, port);
        remote.push("scaler", TestModels.scale(2));
        node = new TestNode(here, bindings(TestNode.OIP_TOKEN));
    }

    @AfterEach
    void stop() {
        node.close();
        remote.close();
    }

    private BindingsConfig bindings(String token) {
        BindingsConfig embedded = TestNode.embedded();
        ModelSettings settings =
                new ModelSettings(
                        new Capacity(64, 1000, Duration.ofSeconds(30)),
                        new ModelSettings.Source.Oip(
                                new OipModel(
                                        "127.0.0.1",
                                        port,
                                        false,
                                        Optional.empty(),
                                        Optional.of(token),
                                        Optional.of("scaler"),
                                        Optional.empty())));
        return new BindingsConfig(
                embedded.kv(),
                embedded.tables(),
                embedded.blobs(),
                embedded.search(),
                embedded.vectors(),
                new StoreMap<>(ModelSettings.OWN, Map.of("scale", settings)));
    }

    @Test
    void aFunctionRunsAModelOfAnotherNodeAsItsOwn() throws IOException {
        JsonNode deployed = node.deploy("f", ModelsTest.CALLER, MANIFEST);
        assertThat(deployed.path("warnings")).isEmpty();
        assertThat(infer().body()).isEqualTo("[2.0,5.0,6.0]");
        remote.push("scaler", TestModels.scale(10));
        assertThat(infer().body()).isEqualTo("[10.0,25.0,30.0]");
        HttpResponse<String> providers = node.admin("GET", "/v1/bindings");
        new OpenApi().check("GET", "/v1/bindings", providers);
        assertThat(providers.body()).contains("oip at 127.0.0.1:" + port);
        assertThat(node.admin("GET", "/v1/functions/f").body())
                .contains("oip at 127.0.0.1:" + port);
    }

    @Test
    void aTensorThatDoesNotFitIsTheCallersFault() throws IOException {
        node.deploy("f", ModelsTest.CALLER, MANIFEST);
        PROBLEMS.check(
                ErrorCode.BAD_REQUEST,
                node.http("POST", "/f", "[1, 2]"),
                "the tensor 'x': expected float[?, 3], found float[1, 2]");
    }

    @Test
    void aWrongTokenFailsWithTheServersWord() throws IOException {
        node.close();
        node = new TestNode(here, bindings("not-the-token-that-it-has"));
        node.deploy("f", ModelsTest.CALLER, MANIFEST);
        PROBLEMS.check(ErrorCode.BINDING_FAILED, infer(), "What is behind a binding failed: m");
        assertThat(node.admin("GET", "/v1/functions/f/logs").body())
                .contains(
                        "binding m (oip at 127.0.0.1:%d): UNAUTHENTICATED: send the token"
                                .formatted(port));
    }

    /** Calls go on all the while: each is answered, with the right values or the right error. */
    @Test
    void aServerThatIsKilledUnderLoadGivesTypedErrorsAndIsFoundAgain() throws Exception {
        node.deploy("f", ModelsTest.CALLER, MANIFEST);
        assertThat(infer().statusCode()).isEqualTo(200);
        AtomicBoolean over = new AtomicBoolean();
        Set<String> seen = new ConcurrentSkipListSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> callers =
                    IntStream.range(0, 8)
                            .mapToObj(
                                    _ ->
                                            threads.submit(
                                                    () -> {
                                                        while (!over.get()) {
                                                            seen.add(ending(infer()));
                                                        }
                                                    }))
                            .toList();
            try {
                Eventually.holds(() -> seen.contains("200 [2.0,5.0,6.0]"));
                remote.close();
                Eventually.holds(() -> seen.contains("503 TR-5004"));
                remote = TestNode.withModelsAt(there, port);
                Eventually.holds(() -> infer().statusCode() == 200);
            } finally {
                over.set(true); // else nobody ends the calls
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(seen).isSubsetOf("200 [2.0,5.0,6.0]", "503 TR-5004");
        assertThat(infer().body()).isEqualTo("[2.0,5.0,6.0]");
    }

    private static String ending(HttpResponse<String> response) {
        return response.statusCode()
                + " "
                + (response.statusCode() == 200
                        ? response.body()
                        : TestNode.json(response).path("code").asString());
    }

    private HttpResponse<String> infer() {
        return node.http("POST", "/f", "[1, 2.5, 3]");
    }
}
