package dev.treadle.adapters.lambda;

import dev.treadle.Context;
import dev.treadle.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The event of API Gateway's REST APIs (payload format 1.0). */
final class RestEvent {
    private RestEvent() {}

    static Map<String, Object> from(Request request, Context context) {
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers().forEach((name, values) -> headers.put(capitalized(name), values));
        Map<String, List<String>> query = EventParts.query(request);
        EventParts.Body body = EventParts.body(request);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "1.0");
        event.put("resource", request.path());
        event.put("path", request.path());
        event.put("httpMethod", request.method());
        event.put("headers", last(headers));
        event.put("multiValueHeaders", headers);
        event.put("queryStringParameters", last(query));
        event.put("multiValueQueryStringParameters", query);
        event.put("pathParameters", request.pathParams());
        event.put("stageVariables", Map.of());
        event.put("requestContext", requestContext(request, context));
        event.put("body", body.text());
        event.put("isBase64Encoded", body.isBase64());
        return event;
    }

    private static Map<String, Object> requestContext(Request request, Context context) {
        return Map.of(
                "requestId", context.invocation().id(),
                "httpMethod", request.method(),
                "path", request.path(),
                "resourcePath", request.path(),
                "stage", context.invocation().alias(),
                "identity",
                        Map.of(
                                "sourceIp", request.remoteAddress(),
                                "userAgent", request.header("user-agent").orElse("")));
    }

    /** Of several values the last one counts, as in API Gateway. */
    private static Map<String, String> last(Map<String, List<String>> all) {
        Map<String, String> single = new LinkedHashMap<>();
        all.forEach((name, values) -> single.put(name, values.getLast()));
        return single;
    }

    /** {@code content-type} as {@code Content-Type}: how handlers of this format look for it. */
    private static String capitalized(String name) {
        StringBuilder result = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == '-') {
                result.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return result.toString();
    }
}
