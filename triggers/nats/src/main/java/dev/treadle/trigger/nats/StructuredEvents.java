package dev.treadle.trigger.nats;

import dev.treadle.BadRequest;
import dev.treadle.Event;
import dev.treadle.HttpError;
import dev.treadle.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CloudEvents in structured mode: the payload is the event, in the JSON event format. */
final class StructuredEvents {
    private static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private StructuredEvents() {}

    /**
     * @throws HttpError when it is none
     */
    static Event read(String mediaType, byte[] payload, Json json) {
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw new HttpError(
                    415, "CloudEvents come as %s, not %s".formatted(MEDIA_TYPE, mediaType));
        }
        JsonNode document = parse(payload);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            if (!member.getKey().equals("data") && !member.getKey().equals("data_base64")) {
                attribute(attributes, member.getKey(), member.getValue());
            }
        }
        return EventAttributes.begin(attributes, json)
                .data(data(document, attributes.getOrDefault("datacontenttype", "")))
                .build();
    }

    private static JsonNode parse(byte[] payload) {
        try {
            JsonNode document = JSON.readTree(payload);
            if (document.isObject()) {
                return document;
            }
        } catch (JacksonException e) {
            throw new BadRequest("the CloudEvent is not JSON: " + e.getOriginalMessage());
        }
        throw new BadRequest("the CloudEvent is not a JSON object");
    }

    private static void attribute(Map<String, String> attributes, String name, JsonNode value) {
        if (value.isContainer()) {
            throw new BadRequest(
                    "the CloudEvents attribute " + name + " is neither text, number nor boolean");
        }
        if (!value.isNull()) {
            attributes.put(name, value.asString());
        }
    }

    private static byte[] data(JsonNode document, String contentType) {
        JsonNode base64 = document.path("data_base64");
        JsonNode value = document.path("data");
        if (base64.isString()) {
            return decode(base64.stringValue());
        }
        if (value.isMissingNode() || value.isNull()) {
            return new byte[0];
        }
        boolean text = !contentType.isEmpty() && !contentType.contains("json");
        return text && value.isString()
                ? value.stringValue().getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(value);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("the CloudEvents member data_base64 is not Base64");
        }
    }
}
