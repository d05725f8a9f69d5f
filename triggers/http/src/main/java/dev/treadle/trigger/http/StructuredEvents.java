package dev.treadle.trigger.http;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CloudEvents in the HTTP binding's structured mode: the body is the event, in the JSON format. */
final class StructuredEvents {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StructuredEvents() {}

    /**
     * @throws HttpError 415 when the media type is another of CloudEvents'
     */
    static void requireJson(String mediaType) {
        if (mediaType.startsWith("application/cloudevents-batch")) {
            throw new HttpError(
                    415, "batches of CloudEvents are not taken; send one event per request");
        }
        if (!mediaType.equals("application/cloudevents+json")) {
            throw new HttpError(
                    415, "CloudEvents come as application/cloudevents+json, not " + mediaType);
        }
    }

    /**
     * @throws BadRequest naming what is missing or wrong
     */
    static Event read(byte[] body, Json json) {
        JsonNode document = parse(body);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            JsonNode value = member.getValue();
            boolean data = member.getKey().equals("data") || member.getKey().equals("data_base64");
            if (!data && !value.isNull()) {
                attributes.put(member.getKey(), attribute(member.getKey(), value));
            }
        }
        Event.Builder event = new EventAttributes(attributes).event(json);
        return event.data(data(document, attributes.get("datacontenttype"))).build();
    }

    private static JsonNode parse(byte[] body) {
        JsonNode document;
        try {
            document = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new BadRequest("the CloudEvent is not JSON: " + e.getOriginalMessage());
        }
        if (!document.isObject()) {
            throw new BadRequest("the CloudEvent is not a JSON object");
        }
        return document;
    }

    private static String attribute(String name, JsonNode value) {
        if (value.isContainer()) {
            throw new BadRequest(
                    "the CloudEvents attribute " + name + " is neither text, number nor boolean");
        }
        return value.asString();
    }

    private static byte[] data(JsonNode document, @Nullable String contentType) {
        JsonNode text = document.get("data_base64");
        JsonNode value = document.get("data");
        if (text != null && !text.isNull()) {
            if (value != null && !value.isNull()) {
                throw new BadRequest("the CloudEvent has both data and data_base64");
            }
            return decode(text);
        }
        if (value == null || value.isNull()) {
            return new byte[0];
        }
        boolean plainText =
                contentType != null && !MediaTypes.isJson(MediaTypes.essence(contentType));
        return plainText && value.isString()
                ? value.stringValue().getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(value);
    }

    private static byte[] decode(JsonNode text) {
        try {
            return Base64.getDecoder().decode(text.asString());
        } catch (IllegalArgumentException e) {
            throw new BadRequest("the CloudEvents member data_base64 is not Base64");
        }
    }
}
