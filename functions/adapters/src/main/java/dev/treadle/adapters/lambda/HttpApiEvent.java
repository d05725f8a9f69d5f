package dev.treadle.adapters.lambda;

import dev.treadle.Context;
import dev.treadle.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The event of API Gateway's HTTP APIs and of function URLs (payload format 2.0). */
final class HttpApiEvent {
    private HttpApiEvent() {}

    static Map<String, Object> from(Request request, Context context) {
        EventParts.Body body = EventParts.body(request);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", request.path());
        event.put("rawQueryString", request.query());
        event.put("cookies", cookies(request));
        event.put("headers", joined(request.headers()));
        event.put("queryStringParameters", joined(EventParts.query(request)));
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
                "routeKey", "$default",
                "stage", context.invocation().alias(),
                "http",
                        Map.of(
                                "method", request.method(),
                                "path", request.path(),
                                "protocol", "HTTP/1.1",
                                "sourceIp", request.remoteAddress(),
                                "userAgent", request.header("user-agent").orElse("")));
    }

    private static List<String> cookies(Request request) {
        return request.headers().getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";", -1)).stream())
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty())
                .toList();
    }

    private static Map<String, String> joined(Map<String, List<String>> all) {
        Map<String, String> single = new LinkedHashMap<>();
        all.forEach((name, values) -> single.put(name, String.join(",", values)));
        return single;
    }
}
