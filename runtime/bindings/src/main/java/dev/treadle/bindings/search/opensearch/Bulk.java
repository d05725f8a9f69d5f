package dev.treadle.bindings.search.opensearch;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.SearchDocument;
import dev.treadle.bindings.StoreFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes that are sent together, in their order, several in one request as far as they are small.
 *
 * @param requests the bodies
 */
record Bulk(List<byte[]> requests) {
    private static final int BYTES = 8 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Only to an index that we made, not to one that the server would make by itself. */
    private static final Map<String, String> TO_OURS = Map.of("require_alias", "true");

    static Bulk putting(List<SearchDocument> documents) {
        return new Bulk(
                joined(
                        documents.stream()
                                .map(
                                        each ->
                                                line(Map.of("index", Map.of("_id", each.id())))
                                                        + line(StoredDocument.write(each)))
                                .toList()));
    }

    static Bulk deleting(List<String> ids) {
        return new Bulk(
                joined(ids.stream().map(id -> line(Map.of("delete", Map.of("_id", id)))).toList()));
    }

    private static String line(Map<String, ?> json) {
        return JSON.writeValueAsString(json) + "\n";
    }

    private static List<byte[]> joined(List<String> writes) {
        List<byte[]> requests = new ArrayList<>();
        ByteArrayOutputStream next = new ByteArrayOutputStream();
        for (String write : writes) {
            byte[] bytes = write.getBytes(StandardCharsets.UTF_8);
            if (next.size() > 0 && next.size() + bytes.length > BYTES) {
                requests.add(next.toByteArray());
                next.reset();
            }
            next.writeBytes(bytes);
        }
        if (next.size() > 0) {
            requests.add(next.toByteArray());
        }
        return requests;
    }

    /**
     * Whether there was an index to write to.
     *
     * @throws StoreFailure when the server refuses a write
     */
    boolean send(OpenSearchHome home, String alias) {
        for (byte[] request : requests) {
            for (JsonNode item : items(home, alias, request)) {
                JsonNode error = item.path("error");
                if (error.path("type").asString("").equals("index_not_found_exception")) {
                    return false;
                }
                if (!error.isMissingNode()) {
                    throw Answer.failure(item.path("status").asInt(), error);
                }
            }
        }
        return true;
    }

    /** As {@link #send}, where there must be an index. */
    void sendOrFail(OpenSearchHome home, String alias) {
        if (!send(home, alias)) {
            throw new StoreFailure(
                    Reason.FAILED,
                    "the index %s is gone as soon as it is made".formatted(alias),
                    null);
        }
    }

    private static List<JsonNode> items(OpenSearchHome home, String alias, byte[] request) {
        Answer answer =
                home.send("POST", "/" + alias + "/_bulk", TO_OURS, request, "application/x-ndjson");
        JsonNode body = answer.good();
        return body.path("errors").asBoolean(false)
                ? body.path("items").valueStream().flatMap(JsonNode::valueStream).toList()
                : List.of();
    }
}
