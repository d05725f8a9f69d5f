package dev.treadle.inference;

import static dev.treadle.registry.Versioned.LIVE;

import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.files.FileStore;
import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small models for tests. */
final class TestModels {
    static final InferenceConfig CONFIG = new InferenceConfig(Device.CPU, 0, 2, 1, 1 << 20, 1_000);

    private TestModels() {}

    /** Multiplies each row of three by a factor. */
    static OnnxFile scale(float factor) {
        return new OnnxFile("scale")
                .input("x", OnnxType.FLOAT, "batch", 3)
                .output("y", OnnxType.FLOAT, "batch", 3)
                .weights("factor", new float[] {factor}, 1)
                .node("Mul", List.of("x", "factor"), "y")
                .metadata("author", "a test");
    }

    /** Looks rows of a table up by their numbers, of which there are four. */
    static OnnxFile lookup() {
        return new OnnxFile("lookup")
                .input("index", OnnxType.INT64, "batch")
                .output("row", OnnxType.FLOAT, "batch", 2)
                .weights("table", new float[] {0, 1, 10, 11, 20, 21, 30, 31}, 4, 2)
                .node("Gather", List.of("table", "index"), "row");
    }

    /**
     * Gives back what it gets, as rows whose number has another name than that of its input, as
     * converters from other formats write it.
     */
    static OnnxFile renamed() {
        return new OnnxFile("renamed")
                .input("x", OnnxType.FLOAT, "unk__1", 2)
                .output("y", OnnxType.FLOAT, "unk__2", 2)
                .node("Identity", List.of("x"), "y");
    }

    /**
     * Where its input is not zero: as many rows as there are such elements, whatever the number of
     * rows is called.
     */
    static OnnxFile found(String inputRows, String outputRows) {
        return new OnnxFile("found")
                .input("x", OnnxType.FLOAT, inputRows, 2)
                .output("y", OnnxType.INT64, outputRows, 2)
                .node("NonZero", List.of("x"), "columns")
                .node("Transpose", List.of("columns"), "y");
    }

    static ModelRelease push(FileStore store, String name, OnnxFile model) throws IOException {
        byte[] bytes = model.toBytes();
        Digest digest = Digest.of(bytes);
        store.artifacts().put(digest, new ByteArrayInputStream(bytes));
        return store.models()
                .push(
                        new ModelName(name),
                        digest,
                        new ModelInspector(CONFIG).inspect(store.artifacts().file(digest)),
                        LIVE);
    }

    static Path write(Path folder, OnnxFile model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model.toBytes());
    }
}
