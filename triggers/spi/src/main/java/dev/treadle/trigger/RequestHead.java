package dev.treadle.trigger;

import java.util.List;
import java.util.Map;

/**
 * What a function sees of a request but its body.
 *
 * @param method in capitals
 * @param path encoded, without the query
 * @param query without the question mark
 * @param pathParams the route's variables, decoded
 * @param headers names in lower case; without those that are about the connection
 * @param remoteAddress the caller's
 */
public record RequestHead(
        String method,
        String path,
        String query,
        Map<String, String> pathParams,
        Map<String, List<String>> headers,
        String remoteAddress) {
    private static final String HERE = "127.0.0.1";

    public RequestHead {
        pathParams = Map.copyOf(pathParams);
        headers = Map.copyOf(headers);
    }

    /** Of a caller that knows nothing of HTTP: a POST to {@code /}. */
    public static RequestHead post(Map<String, List<String>> headers) {
        return of("POST", "/", "", headers);
    }

    /** Of a request that did not come over HTTP and takes no route. */
    public static RequestHead of(
            String method, String path, String query, Map<String, List<String>> headers) {
        return new RequestHead(method, path, query, Map.of(), headers, HERE);
    }

    /** The same with a route's variables. */
    public RequestHead pathParams(Map<String, String> variables) {
        return new RequestHead(method, path, query, variables, headers, remoteAddress);
    }
}
