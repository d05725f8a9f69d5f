package dev.treadle.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.treadle.ElementType;
import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.TensorSpec;
import dev.treadle.inference.InferenceFailed.Reason;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a session of ONNX Runtime. Inputs in direct buffers go in without a copy, and where an
 * output's shape is known before, it is written into the buffer that the caller gets.
 */
final class OrtRunner implements Runner {
    private static final System.Logger LOG = System.getLogger(OrtRunner.class.getName());

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final ModelSignature signature;

    /** Whether outputs have the shapes that the model says. Some models are wrong about that. */
    private volatile boolean isPlacing = true;

    private final boolean isBatched;

    /**
     * @param isBatched whether the first dimension of all outputs is that of the inputs, as the
     *     model says
     */
    OrtRunner(OrtSession session, ModelSignature signature, boolean isBatched) {
        this.session = session;
        this.signature = signature;
        this.isBatched = isBatched;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Stop stop, Room room) {
        if (!isPlacing) {
            return run(inputs, stop, room, false);
        }
        try {
            return run(inputs, stop, room, true);
        } catch (InferenceFailed e) {
            if (stop.isWanted()) {
                throw e;
            }
            // Nothing has come of it; either the input is bad, or what we made room for is.
            Map<String, Tensor> results = run(inputs, stop, room, false);
            isPlacing = false;
            return results;
        }
    }

    private Map<String, Tensor> run(
            Map<String, Tensor> inputs, Stop stop, Room room, boolean isPlacing) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        Map<String, OnnxTensor> wanted = new LinkedHashMap<>();
        try (RunOptions options = new RunOptions()) {
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), OrtTensors.of(environment, input.getValue()));
            }
            long rows = isBatched ? BatchRule.rows(inputs) : 0;
            if (isPlacing) {
                for (TensorSpec output : signature.outputs()) {
                    place(output, rows, room, results, wanted);
                }
            }
            stop.begin(() -> terminate(options));
            try (OrtSession.Result ran = session.run(given, names(wanted), wanted, options)) {
                return read(ran, results);
            } finally {
                stop.end();
            }
        } catch (OrtException e) {
            throw new InferenceFailed(Reason.FAILED, OnnxRuntime.text(e), e);
        } finally {
            given.values().forEach(OnnxTensor::close);
            wanted.values().forEach(OnnxTensor::close);
        }
    }

    /** Those outputs that have no buffer of ours yet. */
    private Set<String> names(Map<String, OnnxTensor> wanted) {
        Set<String> names = new LinkedHashSet<>();
        for (TensorSpec output : signature.outputs()) {
            if (!wanted.containsKey(output.name())) {
                names.add(output.name());
            }
        }
        return names;
    }

    /** Makes room for an output whose shape is known. */
    private void place(
            TensorSpec output,
            long rows,
            Room room,
            Map<String, Tensor> results,
            Map<String, OnnxTensor> wanted)
            throws OrtException {
        Optional<long[]> shape = known(output, rows);
        if (shape.isEmpty()) {
            return;
        }
        ByteBuffer buffer = room.direct(output.type(), shape.get());
        Tensor result = Tensor.of(output.type(), buffer, shape.get());
        results.put(output.name(), result);
        wanted.put(output.name(), OrtTensors.of(environment, result));
    }

    private static Optional<long[]> known(TensorSpec output, long rows) {
        List<TensorSpec.Dimension> dimensions = output.shape();
        long[] shape = new long[dimensions.size()];
        for (int i = 0; i < shape.length; i++) {
            TensorSpec.Dimension dimension = dimensions.get(i);
            shape[i] = dimension.varies() && i == 0 ? rows : dimension.size();
            if (shape[i] <= 0) {
                return Optional.empty();
            }
        }
        return output.type() == ElementType.STRING ? Optional.empty() : Optional.of(shape);
    }

    private Map<String, Tensor> read(OrtSession.Result ran, Map<String, Tensor> placed)
            throws OrtException {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (TensorSpec output : signature.outputs()) {
            Tensor known = placed.get(output.name());
            if (known == null) {
                OnnxValue value = ran.get(output.name()).orElseThrow();
                known = OrtTensors.read(output.name(), value);
            }
            outputs.put(output.name(), known);
        }
        return outputs;
    }

    private static void terminate(RunOptions options) {
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot stop a run that nobody waits for", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            LOG.log(System.Logger.Level.WARNING, "a session could not be closed", e);
        }
    }
}
