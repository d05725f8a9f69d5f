package dev.treadle.samples.shapes;

import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxFile.Attributes;
import dev.treadle.testkit.onnx.OnnxType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Makes the model of the sample: a network of one hidden layer, trained on {@link Drawing}s. The
 * same seed gives the same bytes. {@code main} writes them to the path it is given.
 */
final class TrainShapes {
    private static final int INPUTS = Drawing.SIDE * Drawing.SIDE;
    private static final int HIDDEN = 24;
    private static final int SHAPES = 3;
    private static final int DRAWINGS = 3_000;
    private static final int ROUNDS = 12;
    private static final double STEP = 0.02;

    private final Random random = new Random(20261127);
    private final float[] in = weights(INPUTS * HIDDEN, INPUTS);
    private final float[] inBias = new float[HIDDEN];
    private final float[] out = weights(HIDDEN * SHAPES, HIDDEN);
    private final float[] outBias = new float[SHAPES];

    private TrainShapes() {}

    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), model());
    }

    /** The file's bytes. */
    static byte[] model() {
        TrainShapes training = new TrainShapes();
        for (int i = 0; i < DRAWINGS * ROUNDS; i++) {
            int shape = i % SHAPES;
            training.learn(Drawing.of(shape, training.random), shape);
        }
        return training.file();
    }

    private float[] weights(int count, int inputs) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) (random.nextGaussian() * StrictMath.sqrt(2.0 / inputs));
        }
        return weights;
    }

    /** One step of gradient descent on one drawing. */
    private void learn(float[] ink, int shape) {
        float[] hidden = layer(ink, in, inBias, HIDDEN);
        for (int h = 0; h < HIDDEN; h++) {
            hidden[h] = Math.max(0, hidden[h]);
        }
        float[] error = softmax(layer(hidden, out, outBias, SHAPES));
        error[shape] -= 1;
        for (int h = 0; h < HIDDEN; h++) {
            float back = 0;
            for (int s = 0; s < SHAPES; s++) {
                back += error[s] * out[h * SHAPES + s];
                out[h * SHAPES + s] -= (float) (STEP * error[s] * hidden[h]);
            }
            if (hidden[h] > 0) {
                for (int i = 0; i < INPUTS; i++) {
                    in[i * HIDDEN + h] -= (float) (STEP * back * ink[i]);
                }
                inBias[h] -= (float) (STEP * back);
            }
        }
        for (int s = 0; s < SHAPES; s++) {
            outBias[s] -= (float) (STEP * error[s]);
        }
    }

    private static float[] layer(float[] values, float[] weights, float[] bias, int outputs) {
        float[] sums = bias.clone();
        for (int i = 0; i < values.length; i++) {
            for (int o = 0; o < outputs; o++) {
                sums[o] += values[i] * weights[i * outputs + o];
            }
        }
        return sums;
    }

    private static float[] softmax(float[] scores) {
        float[] shares = new float[scores.length];
        double sum = 0;
        double most = Math.max(scores[0], Math.max(scores[1], scores[2]));
        for (float score : scores) {
            sum += StrictMath.exp(score - most);
        }
        for (int i = 0; i < scores.length; i++) {
            shares[i] = (float) (StrictMath.exp(scores[i] - most) / sum);
        }
        return shares;
    }

    private byte[] file() {
        return new OnnxFile("shapes")
                .input("pixels", OnnxType.FLOAT, "batch", INPUTS)
                .output("scores", OnnxType.FLOAT, "batch", SHAPES)
                .weights("in", in, INPUTS, HIDDEN)
                .weights("in-bias", inBias, HIDDEN)
                .weights("out", out, HIDDEN, SHAPES)
                .weights("out-bias", outBias, SHAPES)
                .node("Gemm", List.of("pixels", "in", "in-bias"), "sums")
                .node("Relu", List.of("sums"), "hidden")
                .node("Gemm", List.of("hidden", "out", "out-bias"), "logits")
                .node("Softmax", List.of("logits"), "scores", new Attributes().number("axis", 1))
                .metadata("labels", "circle, square, triangle")
                .metadata("made-by", "TrainShapes in functions/samples")
                .toBytes();
    }
}
