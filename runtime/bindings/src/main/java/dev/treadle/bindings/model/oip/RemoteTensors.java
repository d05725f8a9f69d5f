package dev.treadle.bindings.model.oip;

import com.google.protobuf.UnsafeByteOperations;
import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorSpec;
import dev.treadle.TensorSpec.Dimension;
import dev.treadle.protocols.oip.ModelInferRequest;
import dev.treadle.protocols.oip.ModelInferResponse;
import dev.treadle.protocols.oip.ModelInferResponse.InferOutputTensor;
import dev.treadle.protocols.oip.ModelMetadataResponse;
import dev.treadle.protocols.oip.ModelMetadataResponse.TensorMetadata;
import dev.treadle.protocols.tensors.BinaryData;
import dev.treadle.protocols.tensors.Datatypes;
import dev.treadle.protocols.tensors.TypedData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensors and signatures in and out of messages. */
final class RemoteTensors {
    private RemoteTensors() {}

    /**
     * What a model takes and gives.
     *
     * @throws dev.treadle.protocols.tensors.BadTensor when it has types that nobody knows
     */
    static ModelSignature signature(ModelMetadataResponse model) {
        return new ModelSignature(specs(model.getInputsList()), specs(model.getOutputsList()));
    }

    private static List<TensorSpec> specs(List<TensorMetadata> tensors) {
        return tensors.stream()
                .map(
                        tensor ->
                                new TensorSpec(
                                        tensor.getName(),
                                        Datatypes.read(tensor.getName(), tensor.getDatatype()),
                                        tensor.getShapeList().stream()
                                                .map(RemoteTensors::dimension)
                                                .toList()))
                .toList();
    }

    private static Dimension dimension(long size) {
        return size < 0 ? Dimension.varying("") : Dimension.of(size);
    }

    /** A request with its inputs in binary form; their buffers are not copied. */
    static ModelInferRequest.Builder request(Map<String, Tensor> inputs) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder();
        inputs.forEach(
                (name, tensor) -> {
                    ModelInferRequest.InferInputTensor.Builder input =
                            request.addInputsBuilder()
                                    .setName(name)
                                    .setDatatype(Datatypes.of(tensor.type()));
                    for (long size : tensor.shape()) {
                        input.addShape(size);
                    }
                    request.addRawInputContents(
                            UnsafeByteOperations.unsafeWrap(BinaryData.of(tensor)));
                });
        return request;
    }

    /**
     * The outputs of an answer, in whatever form they came.
     *
     * @throws dev.treadle.protocols.tensors.BadTensor when data does not have its shape
     */
    static Map<String, Tensor> outputs(ModelInferResponse answer) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (int i = 0; i < answer.getOutputsCount(); i++) {
            InferOutputTensor output = answer.getOutputs(i);
            String name = output.getName();
            ElementType type = Datatypes.read(name, output.getDatatype());
            long[] shape = output.getShapeList().stream().mapToLong(Long::longValue).toArray();
            outputs.put(
                    name,
                    i < answer.getRawOutputContentsCount()
                            ? BinaryData.read(
                                    name,
                                    type,
                                    shape,
                                    answer.getRawOutputContents(i).asReadOnlyByteBuffer())
                            : TypedData.read(name, type, shape, output.getContents()));
        }
        return outputs;
    }
}
