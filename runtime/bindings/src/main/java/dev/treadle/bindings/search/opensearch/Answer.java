package dev.treadle.bindings.search.opensearch;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What the server said.
 *
 * @param status of HTTP
 * @param body missing when it sent none
 */
record Answer(int status, JsonNode body) {
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

    private static final int LEAST_ERROR = 400;

    /** Where there was nothing to ask. */
    static final Answer NOTHING = new Answer(200, MissingNode.getInstance());

    boolean isGood() {
        return status < LEAST_ERROR;
    }

    /** Whether the server's error has this name. */
    boolean says(String type) {
        return body.path("error").path("type").asString("").equals(type);
    }

    /**
     * The body of a good answer.
     *
     * @throws StoreFailure when it is an error
     */
    JsonNode good() {
        if (isGood()) {
            return body;
        }
        throw failure(status, body.path("error"));
    }

    /** An error of the server, of the whole request or of a part. */
    static StoreFailure failure(int status, JsonNode error) {
        return new StoreFailure(reason(status), "%d %s".formatted(status, words(error)), null);
    }

    /** Whether it will pass by itself. */
    static Reason reason(int status) {
        return PASSING.contains(status) ? Reason.UNAVAILABLE : Reason.FAILED;
    }

    private static String words(JsonNode error) {
        if (error.isString()) {
            return error.asString();
        }
        JsonNode root = error.path("root_cause").path(0);
        JsonNode first = root.isMissingNode() ? error : root;
        return "%s: %s"
                .formatted(
                        first.path("type").asString("error"),
                        first.path("reason").asString("without a reason"));
    }
}
