package dev.treadle.inference;

import dev.treadle.Tensor;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.files.FileStore;
import dev.treadle.testkit.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Models in a folder of their own, and what runs them. */
record ModelRuns(FileStore store, Inference inference) implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);

    static ModelRuns in(Path folder) {
        FileStore store = FileStore.open(folder, InstantSource.system());
        return new ModelRuns(
                store, new Inference(TestModels.CONFIG, store.models(), store.artifacts()));
    }

    ModelRelease push(String name, OnnxFile model) throws IOException {
        return TestModels.push(store, name, model);
    }

    /** All outputs for one input. */
    Map<String, Tensor> run(ModelRelease release, String input, Tensor given) {
        return inference.run(release, Map.of(input, given), 0, LONG);
    }

    @Override
    public void close() {
        inference.close();
        store.close();
    }
}
