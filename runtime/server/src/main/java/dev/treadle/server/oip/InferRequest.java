package dev.treadle.server.oip;

import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.protocols.tensors.BinaryData;
import dev.treadle.protocols.tensors.Datatypes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client wants inferred.
 *
 * @param id the client's own, which comes back
 * @param outputs which it wants, and whether in binary form; empty for all
 * @param binary whether outputs that say nothing come in binary form
 */
record InferRequest(
        Optional<String> id,
        Map<String, Tensor> inputs,
        Map<String, Boolean> outputs,
        boolean binary) {
    /** Python writes fractions that are no numbers as JSON does not have them. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /**
     * Reads a body.
     *
     * @param headLength how many of its bytes are JSON; binary data follows
     */
    static InferRequest read(byte[] body, int headLength) {
        if (headLength < 0 || headLength > body.length) {
            throw OipError.bad(
                    "Inference-Header-Content-Length is %d, the body has %d bytes"
                            .formatted(headLength, body.length));
        }
        JsonNode head = json(body, headLength);
        JsonNode inputs = head.path("inputs");
        if (!inputs.isArray()) {
            throw OipError.bad("the request has no 'inputs'");
        }
        ByteBuffer binary = ByteBuffer.wrap(body, headLength, body.length - headLength);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (JsonNode input : inputs) {
            if (tensors.put(text(input, "name"), tensor(input, binary)) != null) {
                throw OipError.twice("inputs", text(input, "name"));
            }
        }
        if (binary.hasRemaining()) {
            throw OipError.bad(
                    "%d bytes of binary data belong to no input".formatted(binary.remaining()));
        }
        return new InferRequest(
                Optional.ofNullable(head.get("id")).map(JsonNode::asString),
                tensors,
                outputs(head.path("outputs")),
                head.path("parameters").path("binary_data_output").asBoolean(false));
    }

    private static JsonNode json(byte[] body, int length) {
        try {
            return JSON.readTree(body, 0, length);
        } catch (JacksonException e) {
            throw OipError.bad("the request is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Tensor tensor(JsonNode input, ByteBuffer binary) {
        String name = text(input, "name");
        ElementType type = Datatypes.read(name, text(input, "datatype"));
        long[] shape = shape(name, input.path("shape"));
        JsonNode parameters = input.path("parameters");
        refuseUnknown("inputs", name, parameters);
        JsonNode size = parameters.path("binary_data_size");
        if (size.isMissingNode()) {
            return TensorData.read(name, type, shape, input.path("data"));
        }
        int bytes = size.isIntegralNumber() && size.canConvertToInt() ? size.intValue() : -1;
        if (bytes < 0 || bytes > binary.remaining()) {
            throw OipError.bad(
                    "inputs: '%s' has a binary_data_size of %s, but %d bytes are left"
                            .formatted(name, size, binary.remaining()));
        }
        ByteBuffer own = binary.slice(binary.position(), bytes);
        binary.position(binary.position() + bytes);
        return BinaryData.read(name, type, shape, own);
    }

    private static long[] shape(String name, JsonNode shape) {
        if (!shape.isArray()
                || !shape.valueStream().allMatch(JsonNode::isIntegralNumber)
                || !shape.valueStream().allMatch(JsonNode::canConvertToLong)) {
            throw OipError.bad("inputs: '%s' has no 'shape' of whole numbers".formatted(name));
        }
        return shape.valueStream().mapToLong(JsonNode::longValue).toArray();
    }

    private static Map<String, Boolean> outputs(JsonNode outputs) {
        if (!outputs.isArray() && !outputs.isMissingNode() && !outputs.isNull()) {
            throw OipError.bad("'outputs' is %s, no list".formatted(outputs));
        }
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        for (JsonNode output : outputs) {
            String name = text(output, "name");
            JsonNode parameters = output.path("parameters");
            refuseUnknown("outputs", name, parameters);
            if (wanted.put(name, parameters.path("binary_data").asBoolean(false)) != null) {
                throw OipError.twice("outputs", name);
            }
        }
        return wanted;
    }

    private static void refuseUnknown(String list, String tensor, JsonNode parameters) {
        for (String unknown : ServerFacts.UNKNOWN) {
            if (parameters.has(unknown)) {
                throw OipError.noExtension(list, tensor, unknown);
            }
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw OipError.bad("an input or output has no '%s'".formatted(field));
        }
        return value.stringValue();
    }
}
