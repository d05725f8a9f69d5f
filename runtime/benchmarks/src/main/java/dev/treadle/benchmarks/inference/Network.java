package dev.treadle.benchmarks.inference;

import static dev.treadle.registry.Versioned.LIVE;

import dev.treadle.inference.InferenceConfig;
import dev.treadle.inference.ModelInspector;
import dev.treadle.registry.Digest;
import dev.treadle.registry.ModelName;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.files.FileStore;
import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A network of two layers without bias. */
public record Network(String name, int inputs, int hidden, int outputs) {
    /** 330,000 weights: a row costs a few microseconds, less than a call among threads. */
    public static final Network SMALL = new Network("small", 256, 640, 256);

    /** 4 million weights. */
    public static final Network LARGE = new Network("large", 1024, 2048, 1024);

    /** The model's file. */
    public byte[] file() {
        return new OnnxFile(name)
                .input("x", OnnxType.FLOAT, "batch", inputs)
                .output("y", OnnxType.FLOAT, "batch", outputs)
                .weights("in", random(inputs * hidden), inputs, hidden)
                .weights("out", random(hidden * outputs), hidden, outputs)
                .node("MatMul", List.of("x", "in"), "sums")
                .node("Relu", List.of("sums"), "hidden")
                .node("MatMul", List.of("hidden", "out"), "y")
                .toBytes();
    }

    /** Makes it live in a store. */
    public ModelRelease push(FileStore store, Path file, InferenceConfig config)
            throws IOException {
        Digest digest = Digest.of(file);
        try (InputStream in = Files.newInputStream(file)) {
            store.artifacts().put(digest, in);
        }
        return store.models()
                .push(new ModelName(name), digest, new ModelInspector(config).inspect(file), LIVE);
    }

    private static float[] random(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 16;
        }
        return values;
    }
}
