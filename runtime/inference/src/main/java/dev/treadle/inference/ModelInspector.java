package dev.treadle.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.treadle.ElementType;
import dev.treadle.inference.InferenceFailed.Reason;
import dev.treadle.registry.ModelDescription;
import dev.treadle.registry.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Loads a model's file to see whether it can be run here, and what it takes and gives. */
public final class ModelInspector {
    private final OnnxRuntime runtime;
    private final long bytesMax;

    public ModelInspector(InferenceConfig config) {
        this.runtime = new OnnxRuntime(config);
        this.bytesMax = config.memoryBytesMax();
    }

    /**
     * What is in the file.
     *
     * @throws InferenceFailed when it is no model that can be run here; the message says why
     */
    public ModelDescription inspect(Path file) {
        try {
            long bytes = Files.size(file);
            requireRoom(bytes);
            return describe(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has no room even alone could never be run. */
    private void requireRoom(long bytes) {
        if (bytes > bytesMax) {
            throw new InferenceFailed(
                    Reason.UNLOADABLE,
                    "it has %d bytes; models.memory lets all models together have %d: set it to %dMi or more in treadle.yaml"
                            .formatted(bytes, bytesMax, SessionCache.mebibytes(bytes)));
        }
    }

    private ModelDescription describe(Path file, long bytes) {
        try (OrtSession session = runtime.open(file, true)) {
            return new ModelDescription(
                    tensors(session.getInputInfo().values()),
                    tensors(session.getOutputInfo().values()),
                    metadata(session.getMetadata()),
                    bytes);
        } catch (OrtException e) {
            throw new InferenceFailed(
                    Reason.UNLOADABLE, "ONNX Runtime cannot read it: " + OnnxRuntime.text(e), e);
        }
    }

    private static List<TensorInfo> tensors(Collection<NodeInfo> nodes) {
        List<TensorInfo> tensors = new ArrayList<>();
        for (NodeInfo node : nodes) {
            if (!(node.getInfo() instanceof ai.onnxruntime.TensorInfo tensor)) {
                throw new InferenceFailed(
                        Reason.UNLOADABLE,
                        "'%s' is a sequence or a map, and a function takes tensors only; export the model without it (scikit-learn: zipmap=False)"
                                .formatted(node.getName()));
            }
            tensors.add(tensor(node.getName(), tensor));
        }
        return tensors;
    }

    private static TensorInfo tensor(String name, ai.onnxruntime.TensorInfo tensor) {
        ElementType type = OrtTypes.ours(tensor.onnxType).orElseThrow(() -> unknown(name, tensor));
        if (OrtTypes.inJava(tensor.onnxType).isEmpty()) {
            RawTensors.here();
        }
        if (type == ElementType.STRING) {
            RawTexts.here();
        }
        return new TensorInfo(name, type.toString(), shape(tensor));
    }

    private static InferenceFailed unknown(String name, ai.onnxruntime.TensorInfo tensor) {
        boolean hasName = tensor.onnxType != OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED;
        return new InferenceFailed(
                Reason.UNLOADABLE,
                "'%s' has elements of %s, which no tensor of a function has; those have %s: put a Cast into the model"
                        .formatted(
                                name,
                                hasName
                                        ? "the type "
                                                + tensor.onnxType
                                                        .name()
                                                        .replaceFirst(".*_TYPE_", "")
                                                        .toLowerCase(Locale.ROOT)
                                        : "a type of less than a byte, such as int4",
                                List.of(ElementType.values())));
    }

    private static List<String> shape(ai.onnxruntime.TensorInfo tensor) {
        long[] sizes = tensor.getShape();
        String[] names = tensor.getDimensionNames();
        List<String> shape = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            String name = names[i].isEmpty() ? TensorInfo.UNNAMED : names[i];
            shape.add(sizes[i] >= 0 ? Long.toString(sizes[i]) : name);
        }
        return shape;
    }

    private static Map<String, String> metadata(OnnxModelMetadata found) {
        Map<String, String> metadata = new TreeMap<>(found.getCustomMetadata());
        put(metadata, "producer", found.getProducerName());
        put(metadata, "graph", found.getGraphName());
        put(metadata, "domain", found.getDomain());
        put(metadata, "description", found.getDescription());
        return metadata;
    }

    private static void put(Map<String, String> metadata, String key, String value) {
        if (!value.isBlank()) {
            metadata.putIfAbsent(key, value);
        }
    }
}
