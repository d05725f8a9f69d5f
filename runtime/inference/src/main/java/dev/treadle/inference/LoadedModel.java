package dev.treadle.inference;

import dev.treadle.ModelSignature;
import dev.treadle.Tensor;
import dev.treadle.registry.ModelRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

/** A model that is ready to run. Safe for threads. */
final class LoadedModel {
    private final ModelSignature signature;
    private final Batcher batcher;

    private LoadedModel(ModelSignature signature, Batcher batcher) {
        this.signature = signature;
        this.batcher = batcher;
    }

    /** Loads a release; takes as long as its file is large. */
    static LoadedModel load(
            OnnxRuntime runtime,
            InferenceConfig config,
            ModelRelease release,
            Path file,
            Executor threads) {
        ModelSignature signature = Signatures.of(release.description());
        BatchRule rule = BatchRule.of(signature);
        OrtRunner runner =
                new OrtRunner(
                        runtime.open(file, BatchRule.variesInside(signature)),
                        signature,
                        rule.named().isPresent());
        return new LoadedModel(
                signature, new Batcher(runner, rule, threads, config.lanes(), config.waitingMax()));
    }

    Map<String, Tensor> run(Map<String, Tensor> inputs, int batchMax, Duration patience) {
        InputCheck.check(signature, inputs);
        return batcher.run(inputs, batchMax, patience);
    }

    Batcher.Counts counts() {
        return batcher.counts();
    }

    /** To be called when no call is under way; a run that was given up may still go on. */
    void close() {
        batcher.close();
    }
}
