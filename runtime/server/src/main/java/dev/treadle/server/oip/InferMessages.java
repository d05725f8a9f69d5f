package dev.treadle.server.oip;

import com.google.protobuf.UnsafeByteOperations;
import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.protocols.oip.InferParameter;
import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferRequest.InferInputTensor;
import dev.treadle.protocols.oip.ModelInferRequest.InferRequestedOutputTensor;
import dev.treadle.protocols.oip.ModelInferResponse;
import dev.treadle.protocols.oip.ModelInferResponse.InferOutputTensor;
import dev.treadle.protocols.tensors.BinaryData;
import dev.treadle.protocols.tensors.Datatypes;
import dev.treadle.protocols.tensors.TypedData;
import dev.treadle.registry.ModelRelease;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tensors in and out of the messages of gRPC. */
final class InferMessages {
    private InferMessages() {}

    /**
     * The inputs of a request: all in binary form, or none.
     *
     * @throws OipError when there are more or fewer pieces of binary data than inputs
     * @throws dev.treadle.protocols.tensors.BadTensor when data does not have its shape
     */
    static Map<String, Tensor> inputs(ModelInferRequest request) {
        boolean isBinary = isBinary(request);
        if (isBinary && request.getRawInputContentsCount() != request.getInputsCount()) {
            throw OipError.bad(
                    "there are %d inputs and %d raw_input_contents"
                            .formatted(
                                    request.getInputsCount(), request.getRawInputContentsCount()));
        }
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (int i = 0; i < request.getInputsCount(); i++) {
            InferInputTensor input = request.getInputs(i);
            String name = input.getName();
            ElementType type = Datatypes.read(name, input.getDatatype());
            long[] shape = input.getShapeList().stream().mapToLong(Long::longValue).toArray();
            if (isBinary && input.hasContents()) {
                throw OipError.bad(
                        "inputs: '%s' has contents, and there are raw_input_contents"
                                .formatted(name));
            }
            refuseUnknown("inputs", name, input.getParametersMap());
            Tensor tensor =
                    isBinary
                            ? BinaryData.read(
                                    name,
                                    type,
                                    shape,
                                    request.getRawInputContents(i).asReadOnlyByteBuffer())
                            : TypedData.read(name, type, shape, input.getContents());
            if (inputs.put(name, tensor) != null) {
                throw OipError.twice("inputs", name);
            }
        }
        return inputs;
    }

    private static void refuseUnknown(
            String list, String tensor, Map<String, InferParameter> parameters) {
        for (String unknown : ServerFacts.UNKNOWN) {
            if (parameters.containsKey(unknown)) {
                throw OipError.noExtension(list, tensor, unknown);
            }
        }
    }

    private static boolean isBinary(ModelInferRequest request) {
        return request.getRawInputContentsCount() > 0;
    }

    /** The answer, in the request's form where the outputs' types have it. */
    static ModelInferResponse answer(
            ModelRelease release, ModelInferRequest request, Map<String, Tensor> results) {
        Map<String, Tensor> outputs = wanted(request, results);
        boolean isBinary =
                isBinary(request)
                        || outputs.values().stream().anyMatch(t -> !TypedData.has(t.type()));
        ModelInferResponse.Builder answer =
                ModelInferResponse.newBuilder()
                        .setModelName(release.model().value())
                        .setModelVersion(Integer.toString(release.number()))
                        .setId(request.getId());
        outputs.forEach(
                (name, tensor) -> {
                    InferOutputTensor.Builder output =
                            answer.addOutputsBuilder()
                                    .setName(name)
                                    .setDatatype(Datatypes.of(tensor.type()));
                    for (long size : tensor.shape()) {
                        output.addShape(size);
                    }
                    if (isBinary) {
                        answer.addRawOutputContents(
                                UnsafeByteOperations.unsafeWrap(BinaryData.of(tensor)));
                    } else {
                        output.setContents(TypedData.of(tensor));
                    }
                });
        return answer.build();
    }

    private static Map<String, Tensor> wanted(
            ModelInferRequest request, Map<String, Tensor> results) {
        if (request.getOutputsCount() == 0) {
            return results;
        }
        Map<String, Tensor> wanted = new LinkedHashMap<>();
        for (InferRequestedOutputTensor output : request.getOutputsList()) {
            Tensor tensor = results.get(output.getName());
            if (tensor == null) {
                throw OipError.noOutput(output.getName(), results.keySet());
            }
            refuseUnknown("outputs", output.getName(), output.getParametersMap());
            if (wanted.put(output.getName(), tensor) != null) {
                throw OipError.twice("outputs", output.getName());
            }
        }
        return wanted;
    }
}
