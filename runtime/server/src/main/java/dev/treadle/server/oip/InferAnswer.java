package dev.treadle.server.oip;

import dev.treadle.Tensor;
import dev.treadle.protocols.tensors.BinaryData;
import dev.treadle.protocols.tensors.Datatypes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was inferred, as bytes.
 *
 * @param headLength how many of them are JSON, when binary data follows
 */
record InferAnswer(byte[] body, OptionalInt headLength) {
    private static final JsonMapper JSON = new JsonMapper();

    static InferAnswer write(
            String model, int release, InferRequest request, Map<String, Tensor> results) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        head.put("model_name", model);
        head.put("model_version", Integer.toString(release));
        request.id().ifPresent(id -> head.put("id", id));
        ArrayNode outputs = head.putArray("outputs");
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        boolean isBinary = false;
        for (Map.Entry<String, Boolean> wanted : wanted(request, results).entrySet()) {
            Tensor tensor = results.get(wanted.getKey());
            if (tensor == null) {
                throw OipError.noOutput(wanted.getKey(), results.keySet());
            }
            ObjectNode output = outputs.addObject();
            output.put("name", wanted.getKey());
            output.put("datatype", Datatypes.of(tensor.type()));
            ArrayNode shape = output.putArray("shape");
            for (long size : tensor.shape()) {
                shape.add(size);
            }
            if (wanted.getValue()) {
                ByteBuffer from = BinaryData.of(tensor);
                byte[] data = new byte[from.remaining()];
                from.get(data);
                output.putObject("parameters").put("binary_data_size", data.length);
                binary.writeBytes(data);
                isBinary = true;
            } else {
                output.set("data", TensorData.json(tensor));
            }
        }
        byte[] json = JSON.writeValueAsBytes(head);
        if (!isBinary) {
            return new InferAnswer(json, OptionalInt.empty());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(json.length + binary.size());
        all.writeBytes(json);
        all.writeBytes(binary.toByteArray());
        return new InferAnswer(all.toByteArray(), OptionalInt.of(json.length));
    }

    private static Map<String, Boolean> wanted(InferRequest request, Map<String, Tensor> results) {
        if (!request.outputs().isEmpty()) {
            return request.outputs();
        }
        Map<String, Boolean> all = new LinkedHashMap<>();
        results.keySet().forEach(name -> all.put(name, request.binary()));
        return all;
    }
}
