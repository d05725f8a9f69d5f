package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Models over the admin API. */
class ModelsTest {
    private static final Problems PROBLEMS = new Problems();

    static final String CALLER =
            """
            public class Caller implements HttpFunction {
                record In(@TensorName("x") float[] row) {}

                record Out(float[] y) {}

                public Response handle(Request request, Context context) {
                    float[] row = request.json(float[].class);
                    Model model = context.model("m");
                    Out out = model.run(new In(row), Out.class);
                    var same = model.run(java.util.Map.of("x", Tensor.of(row, 1, row.length)));
                    if (!java.util.Arrays.equals(out.y(), same.get("y").floats())) {
                        throw new IllegalStateException("a record gives something else");
                    }
                    return Response.json(out.y());
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
    void aPushAnswersWithTheReleaseAndWhatTheModelTakesAndGives() {
        JsonNode pushed = node.push("scale", TestModels.scale(2));
        assertThat(pushed.path("outcome").asString()).isEqualTo("pushed");
        assertThat(pushed.path("release").asInt()).isEqualTo(1);
        JsonNode model = pushed.path("model");
        assertThat(model.path("inputs").toString())
                .isEqualTo("[{\"name\":\"x\",\"type\":\"float\",\"shape\":[\"batch\",\"3\"]}]");
        assertThat(model.path("metadata").path("author").asString()).isEqualTo("a test");
        assertThat(model.path("live").toString()).isEqualTo("{\"1\":100}");
        assertThat(node.push("scale", TestModels.scale(2)).path("outcome").asString())
                .isEqualTo("unchanged");
    }

    @Test
    void aModelOutlivesTheNode() throws Exception {
        node.push("scale", TestModels.scale(2));
        node.push("scale", TestModels.scale(3));
        node.close();
        node = new TestNode(data);
        JsonNode model = TestNode.json(node.admin("GET", "/v1/models/scale"));
        assertThat(model.path("releases")).hasSize(2);
        assertThat(model.path("live").toString()).isEqualTo("{\"2\":100}");
        JsonNode back = TestNode.json(node.admin("POST", "/v1/models/scale/rollback"));
        assertThat(back.path("live").toString()).isEqualTo("{\"1\":100}");
    }

    @Test
    void aFileThatCannotBeLoadedIsNotPushed() {
        String digest = node.upload("no model".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response =
                node.admin(
                        "POST", "/v1/models/m/releases", "{\"artifact\":\"%s\"}".formatted(digest));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(TestNode.json(response).path("code").asString())
                .isEqualTo(ErrorCode.MODEL_INVALID.id());
        assertThat(TestNode.json(response).path("detail").asString())
                .startsWith("the model m: ONNX Runtime cannot load it: ");
        assertThat(TestNode.json(node.admin("GET", "/v1/models")).path("models")).isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsSaid() {
        PROBLEMS.check(
                ErrorCode.NO_MODEL,
                node.admin("GET", "/v1/models/none"),
                "there is no model 'none'");
        node.push("m", TestModels.scale(2));
        PROBLEMS.check(
                ErrorCode.NO_MODEL,
                node.admin("POST", "/v1/models/m/rollback", "{\"release\":7}"),
                "m has no release v7; the newest is v1");
    }

    @Test
    void aFunctionRunsAModelWithARecordOrWithTensors() throws IOException {
        node.push("scale", TestModels.scale(2));
        node.deploy("f", CALLER, "triggers: [http: {path: /f}]\nbindings: {m: {model: scale}}");
        assertThat(node.http("POST", "/f", "[1, 2.5, 3]").body()).isEqualTo("[2.0,5.0,6.0]");
        node.push("scale", TestModels.scale(10));
        assertThat(node.http("POST", "/f", "[1, 2.5, 3]").body()).isEqualTo("[10.0,25.0,30.0]");
    }

    @Test
    void aTensorThatDoesNotFitIsTheCallersFault() throws IOException {
        node.push("scale", TestModels.scale(2));
        node.deploy("f", CALLER, "triggers: [http: {path: /f}]\nbindings: {m: {model: scale}}");
        PROBLEMS.check(
                ErrorCode.BAD_REQUEST,
                node.http("POST", "/f", "[1, 2]"),
                "the tensor 'x': expected float[batch, 3], found float[1, 2]");
    }

    @Test
    void aModelThatIsNotThereYetIsAWarningAndThenAnError() throws IOException {
        JsonNode deployed =
                node.deploy(
                        "f", CALLER, "triggers: [http: {path: /f}]\nbindings: {m: {model: scale}}");
        assertThat(deployed.path("warnings").path(0).path("message").asString())
                .isEqualTo(
                        "bindings.m: there is no model 'scale' yet; it fails until one is pushed");
        HttpResponse<String> response = node.http("POST", "/f", "[1, 2, 3]");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(TestNode.json(response).path("code").asString()).isEqualTo("TR-5004");
        node.push("scale", TestModels.scale(2));
        assertThat(node.http("POST", "/f", "[1, 2, 3]").body()).isEqualTo("[2.0,4.0,6.0]");
    }

    @Test
    void aModelThatALiveFunctionBindsIsNotDeleted() throws IOException {
        node.push("scale", TestModels.scale(2));
        node.deploy("f", CALLER, "bindings: {m: {model: scale}}");
        PROBLEMS.check(
                ErrorCode.IN_USE,
                node.admin("DELETE", "/v1/models/scale"),
                "the model scale is bound by f; deploy without it, or delete that function first");
        assertThat(
                        TestNode.json(node.admin("GET", "/v1/models/scale"))
                                .path("functions")
                                .toString())
                .isEqualTo("[\"f\"]");
        node.admin("DELETE", "/v1/functions/f");
        assertThat(node.admin("DELETE", "/v1/models/scale").statusCode()).isEqualTo(204);
    }
}
