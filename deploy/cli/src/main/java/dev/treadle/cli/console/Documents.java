package dev.treadle.cli.console;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in and out. Loaded only by verbs that need it. Safe for threads. */
public final class Documents {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Documents() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * @throws JacksonException when it is no JSON
     */
    public static JsonNode parse(byte[] json) {
        return MAPPER.readTree(json);
    }

    /**
     * @throws JacksonException when it is no JSON
     */
    public static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    public static boolean isJson(byte[] bytes) {
        try {
            return !MAPPER.readTree(bytes).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** On one line. */
    public static String line(JsonNode node) {
        return node.toString();
    }

    /** Indented, without an end of line. */
    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
