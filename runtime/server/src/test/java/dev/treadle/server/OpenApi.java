package dev.treadle.server;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds answers of the admin API against {@code openapi.yaml}, and remembers what has been seen.
 */
final class OpenApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode document = read();
    private final Set<String> seen = new TreeSet<>();

    /**
     * Checks one answer: the operation is documented, so is the status, and the body fits.
     *
     * @param path as the document has it
     */
    void check(String method, String path, HttpResponse<String> response) {
        JsonNode operation =
                document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        require(!operation.isMissingNode(), method + " " + path + " is not documented");
        JsonNode answer = resolve(operation.path("responses").path("" + response.statusCode()));
        require(
                !answer.isMissingNode(),
                "%s %s: status %d is not documented; %s"
                        .formatted(method, path, response.statusCode(), response.body()));
        seen.add(operation.path("operationId").asString() + " " + response.statusCode());
        if (answer.has("content")) {
            checkBody(method + " " + path, answer.path("content"), response);
        }
    }

    private void checkBody(String what, JsonNode content, HttpResponse<String> response) {
        String type = response.headers().firstValue("content-type").orElse("");
        String mediaType = type.replaceFirst(";.*", "");
        JsonNode documented =
                content.has(mediaType) ? content.path(mediaType) : content.path("*/*");
        require(!documented.isMissingNode(), what + ": media type " + type + " is not documented");
        if (mediaType.endsWith("json")) {
            response.body()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> checkJson(what, documented.path("schema"), line));
        }
    }

    private void checkJson(String what, JsonNode schema, String text) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", document.path("components"));
        Schema compiled =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(whole);
        List<com.networknt.schema.Error> errors = compiled.validate(JSON.readTree(text));
        require(errors.isEmpty(), what + ": " + errors + " in " + text);
    }

    /** All operations, by id. */
    Set<String> operations() {
        Set<String> ids = new TreeSet<>();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                if (operation.has("operationId")) {
                    ids.add(operation.path("operationId").asString());
                }
            }
        }
        return ids;
    }

    /** Operations of which an answer has been checked. */
    Set<String> seenOperations() {
        Set<String> ids = new TreeSet<>();
        seen.forEach(each -> ids.add(each.replaceFirst(" .*", "")));
        return ids;
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static JsonNode read() {
        try (InputStream in =
                Objects.requireNonNull(OpenApi.class.getResourceAsStream("/openapi.yaml"))) {
            return JSON.valueToTree(
                    new Load(LoadSettings.builder().build()).loadFromInputStream(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
