package dev.treadle.server;

import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxType;
import java.util.List;

/** Small models for tests. */
final class TestModels {
    private TestModels() {}

    /** Multiplies each row of three by a factor. */
    static byte[] scale(float factor) {
        return new OnnxFile("scale")
                .input("x", OnnxType.FLOAT, "batch", 3)
                .output("y", OnnxType.FLOAT, "batch", 3)
                .weights("factor", new float[] {factor}, 1)
                .node("Mul", List.of("x", "factor"), "y")
                .metadata("author", "a test")
                .toBytes();
    }
}
