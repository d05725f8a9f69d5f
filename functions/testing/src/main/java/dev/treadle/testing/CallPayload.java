package dev.treadle.testing;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.HttpCall;
import dev.treadle.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What one function hands to another, in whatever form the other takes.
 *
 * @param payload as it was given
 * @param body its bytes
 */
record CallPayload(Object payload, byte[] body) {
    static CallPayload of(Object payload, Json json) {
        return new CallPayload(
                payload,
                switch (payload) {
                    case Event event -> event.data();
                    case HttpCall call -> bytes(call.body(), json);
                    default -> bytes(payload, json);
                });
    }

    private static byte[] bytes(Object payload, Json json) {
        return switch (payload) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> json.write(payload);
        };
    }

    TestRequest request(Json json) {
        return switch (payload) {
            case Event event ->
                    throw new BadRequest(
                            "an HTTP function takes no event; call it with bytes, a value or an HttpCall");
            case HttpCall call -> request(call, json);
            default -> post("POST", "/", payload, json);
        };
    }

    private TestRequest request(HttpCall call, Json json) {
        String query = call.query().isEmpty() ? "" : "?" + call.query();
        boolean isEmpty = body.length == 0;
        TestRequest request =
                isEmpty || call.header("content-type").isPresent()
                        ? new TestRequest(
                                        call.method(), call.path() + query, json, sent -> unsent())
                                .body(() -> new ByteArrayInputStream(body))
                        : post(call.method(), call.path() + query, call.body(), json);
        call.headers().forEach((name, values) -> values.forEach(v -> request.header(name, v)));
        return request;
    }

    private TestRequest post(String method, String target, Object content, Json json) {
        return new TestRequest(method, target, json, sent -> unsent())
                .body(body, mediaType(content));
    }

    private static TestResponse unsent() {
        throw new IllegalStateException("this request is not sent by itself");
    }

    /** The event, or one around what is none. */
    Event event(Chain chain, Instant now, Json json) {
        if (payload instanceof Event event) {
            return event;
        }
        Object content = payload instanceof HttpCall call ? call.body() : payload;
        return Event.builder("dev.treadle.call", json)
                .id(chain.origin())
                .source("/" + chain.caller())
                .time(now)
                .dataContentType(mediaType(content))
                .data(body)
                .build();
    }

    private static String mediaType(Object payload) {
        return switch (payload) {
            case byte[] bytes -> "application/octet-stream";
            case String text -> "text/plain; charset=utf-8";
            default -> "application/json";
        };
    }
}
