package dev.treadle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.trigger.ErrorCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Models over the admin API. */
class ModelsTest {
    private static final Problems PROBLEMS = new Problems();

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
}
