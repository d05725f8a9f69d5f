package dev.treadle.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.treadle.ElementType;
import dev.treadle.Tensor;
import dev.treadle.inference.InferenceFailed.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tensors of ours as ONNX Runtime's, and back. */
final class OrtTensors {
    private OrtTensors() {}

    /** The same tensor; of a direct buffer without a copy. To be closed. */
    static OnnxTensor of(OrtEnvironment environment, Tensor tensor) throws OrtException {
        if (tensor.type() == ElementType.STRING) {
            return ofTexts(environment, tensor.strings(), tensor.shape());
        }
        ByteBuffer data = direct(tensor.bytes());
        OnnxTensorType type = OrtTypes.theirs(tensor.type());
        Optional<OnnxJavaType> word = OrtTypes.inJava(type);
        return word.isPresent()
                ? OnnxTensor.createTensor(environment, data, tensor.shape(), word.get())
                : RawTensors.here().over(environment, data, tensor.shape(), type);
    }

    private static OnnxTensor ofTexts(OrtEnvironment environment, List<String> texts, long[] shape)
            throws OrtException {
        RawTexts raw = RawTexts.here();
        String[] empty = new String[texts.size()];
        Arrays.fill(empty, "");
        OnnxTensor made = OnnxTensor.createTensor(environment, empty, shape);
        try {
            raw.write(texts, made);
        } catch (RuntimeException | Error e) {
            made.close();
            throw e;
        }
        return made;
    }

    private static ByteBuffer direct(ByteBuffer data) {
        return data.isDirect()
                ? data
                : ByteBuffer.allocateDirect(data.remaining())
                        .order(ByteOrder.nativeOrder())
                        .put(data)
                        .flip();
    }

    /** A copy of an output whose shape was not known before. */
    static Tensor read(String name, OnnxValue value) throws OrtException {
        if (!(value instanceof OnnxTensor tensor)) {
            throw new InferenceFailed(
                    Reason.FAILED, "the output '%s' is no tensor".formatted(name));
        }
        long[] shape = tensor.getInfo().getShape();
        ElementType type =
                OrtTypes.ours(tensor.getInfo().onnxType)
                        .orElseThrow(
                                () ->
                                        new InferenceFailed(
                                                Reason.FAILED,
                                                "the output '%s' has elements of the type %s"
                                                        .formatted(
                                                                name, tensor.getInfo().onnxType)));
        if (type == ElementType.STRING) {
            return Tensor.of(RawTexts.here().read(name, tensor), shape);
        }
        ByteBuffer data = tensor.getByteBuffer();
        return Tensor.of(type, data, shape);
    }
}
