package dev.treadle.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.treadle.inference.InferenceFailed.Reason;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Opens sessions with a node's settings. The library itself is loaded at the first. */
final class OnnxRuntime {
    private final InferenceConfig config;

    OnnxRuntime(InferenceConfig config) {
        this.config = config;
    }

    /**
     * Opens a model.
     *
     * @param varies whether its inner shapes differ from call to call. Memory that is planned for
     *     one shape, and an arena that never shrinks, would grow with each new one
     * @throws InferenceFailed when it cannot be opened; the message says why
     */
    OrtSession open(Path file, boolean varies) {
        Arguments.requireShort();
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(config.threadsPerRun());
            options.setInterOpNumThreads(1);
            // Idle threads of one model would spin on processors that another needs.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setMemoryPatternOptimization(!varies);
            options.setCPUArenaAllocator(!varies);
            // What it says of a failure comes as an exception.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            device(options);
            return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new InferenceFailed(
                    Reason.UNLOADABLE, "ONNX Runtime cannot load it: " + text(e), e);
        }
    }

    private void device(SessionOptions options) throws OrtException {
        requireDevice();
        switch (config.device()) {
            case CPU -> {}
            case CUDA -> options.addCUDA(config.deviceId());
            case TENSORRT -> {
                options.addTensorrt(config.deviceId());
                options.addCUDA(config.deviceId()); // what TensorRT cannot do
            }
        }
    }

    /**
     * Whether this ONNX Runtime has the device.
     *
     * @throws InferenceFailed when not; the message says how to get it
     */
    void requireDevice() {
        if (config.device() != Device.CPU
                && !OrtEnvironment.getAvailableProviders().contains(config.device().provider())) {
            throw new InferenceFailed(
                    Reason.UNLOADABLE,
                    "models are to run on %s, but this ONNX Runtime has %s only; put onnxruntime_gpu (com.microsoft.onnxruntime) in the place of onnxruntime in lib/, or set models.device to cpu"
                            .formatted(
                                    config.device().name().toLowerCase(Locale.ROOT),
                                    OrtEnvironment.getAvailableProviders()));
        }
    }

    /** What ONNX Runtime says, in one line. */
    static String text(OrtException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString())
                .replaceFirst("^Error code - \\S+ - message: ", "")
                .replaceFirst("^Load model from .* failed: ?", "") // where it lies is the node's
                .replaceAll("\\s+", " ")
                .strip();
    }
}
