package dev.treadle.trigger;

import dev.treadle.Json;
import dev.treadle.Request;
import java.util.Map;

/**
 * A payload that came by the function's name and took no route: whoever calls the function finds
 * the one of its routes that fits, and what its variables are.
 */
public interface NamedInput extends Input {
    /** In capitals. */
    String method();

    /** Encoded, without the query; begins with a slash. */
    String path();

    /**
     * As {@link Input#asRequest(Json, long)}.
     *
     * @param pathParams the route's variables, decoded
     */
    Request asRequest(Json json, long payloadBytesMax, Map<String, String> pathParams);

    @Override
    default Request asRequest(Json json, long payloadBytesMax) {
        return asRequest(json, payloadBytesMax, Map.of());
    }
}
