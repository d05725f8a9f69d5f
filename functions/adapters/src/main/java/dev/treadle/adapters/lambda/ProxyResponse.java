package dev.treadle.adapters.lambda;

import dev.treadle.Json;
import dev.treadle.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler behind API Gateway gives back: status, headers, body. An object without a {@code
 * statusCode} is itself the body of a 200, as in payload format 2.0.
 */
record ProxyResponse(
        @Nullable Integer statusCode,
        @Nullable Map<String, @Nullable String> headers,
        @Nullable Map<String, List<String>> multiValueHeaders,
        @Nullable List<String> cookies,
        @Nullable String body,
        @Nullable Boolean isBase64Encoded) {

    static Response toHttp(Object output, Json json) {
        byte[] written = json.write(output);
        if (written[0] != '{' || !json.read(written, Map.class).containsKey("statusCode")) {
            return Response.json(output);
        }
        return json.read(written, ProxyResponse.class).toHttp();
    }

    private Response toHttp() {
        Response response =
                Response.ok(bytes())
                        .withStatus(statusCode == null ? 200 : statusCode)
                        .contentType("application/json");
        if (headers != null) {
            for (Map.Entry<String, @Nullable String> header : headers.entrySet()) {
                boolean repeated =
                        multiValueHeaders != null && multiValueHeaders.containsKey(header.getKey());
                if (header.getValue() != null && !repeated) {
                    response = response.header(header.getKey(), header.getValue());
                }
            }
        }
        if (multiValueHeaders != null) {
            for (Map.Entry<String, List<String>> header : multiValueHeaders.entrySet()) {
                for (String value : header.getValue()) {
                    response = response.header(header.getKey(), value);
                }
            }
        }
        if (cookies != null) {
            for (String cookie : cookies) {
                response = response.header("Set-Cookie", cookie);
            }
        }
        return response;
    }

    private byte[] bytes() {
        if (body == null) {
            return new byte[0];
        }
        return Boolean.TRUE.equals(isBase64Encoded)
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }
}
