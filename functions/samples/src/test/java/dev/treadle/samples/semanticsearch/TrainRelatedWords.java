package dev.treadle.samples.semanticsearch;

import dev.treadle.testkit.onnx.OnnxFile;
import dev.treadle.testkit.onnx.OnnxFile.Attributes;
import dev.treadle.testkit.onnx.OnnxType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes the model of the sample from a small text: a vector for each word, from the words that it
 * stands with, by the main axes of {@link Cooccurrence}; a vector for each part of a word, from the
 * words that have it; and a text is the sum of what it has. The same text gives the same bytes.
 * {@code main} reads the text from the first path and writes the model to the second.
 */
final class TrainRelatedWords {
    private static final int DIMENSIONS = 32;
    private static final int ROUNDS = 60;
    private static final float PART = 0.36f;
    private static final float UNKNOWN = 0.01f;

    private final Cooccurrence text;
    private final Random random = new Random(20261128);

    private TrainRelatedWords(Cooccurrence text) {
        this.text = text;
    }

    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[1]), model(Files.readString(Path.of(arguments[0]))));
    }

    /** The file's bytes. */
    static byte[] model(String sentences) {
        return file(rows(sentences));
    }

    /** By word or part, its vector, as the model has it. */
    static Map<String, float[]> rows(String sentences) {
        return new TrainRelatedWords(Cooccurrence.of(sentences)).rows();
    }

    private Map<String, float[]> rows() {
        double[][] axes = axes();
        Map<String, float[]> rows = new TreeMap<>();
        Map<String, List<float[]>> parts = new TreeMap<>();
        List<String> words = text.words();
        for (int i = 0; i < words.size(); i++) {
            float[] row = new float[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                row[d] = (float) axes[d][i];
            }
            float[] scaled = scaled(row, text.weight(words.get(i)));
            rows.put(words.get(i), scaled);
            for (String part : Words.parts(words.get(i))) {
                parts.computeIfAbsent(part, p -> new ArrayList<>()).add(scaled);
            }
        }
        parts.forEach((part, of) -> rows.put(part, scaled(sum(of), PART)));
        return rows;
    }

    /**
     * The main axes of what stands together, by orthogonal iteration, each as long as it counts.
     */
    private double[][] axes() {
        double[][] axes = new double[DIMENSIONS][text.words().size()];
        for (double[] axis : axes) {
            for (int i = 0; i < axis.length; i++) {
                axis[i] = random.nextGaussian();
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int d = 0; d < DIMENSIONS; d++) {
                axes[d] = text.times(axes[d]);
                for (int before = 0; before < d; before++) {
                    add(axes[d], axes[before], -dot(axes[d], axes[before]));
                }
                double length = Math.sqrt(dot(axes[d], axes[d]));
                add(axes[d], axes[d], 1 / length - 1);
            }
        }
        for (double[] axis : axes) {
            double counts = Math.abs(dot(axis, text.times(axis)));
            add(axis, axis, Math.sqrt(counts) - 1);
        }
        return axes;
    }

    private static void add(double[] to, double[] other, double times) {
        for (int i = 0; i < to.length; i++) {
            to[i] += other[i] * times;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static float[] sum(List<float[]> rows) {
        float[] sum = new float[DIMENSIONS];
        for (float[] row : rows) {
            for (int d = 0; d < DIMENSIONS; d++) {
                sum[d] += row[d];
            }
        }
        return sum;
    }

    /** The same direction with another length. */
    private static float[] scaled(float[] row, double length) {
        double square = 0;
        for (float number : row) {
            square += (double) number * number;
        }
        double factor = square == 0 ? 0 : length / Math.sqrt(square);
        float[] scaled = new float[row.length];
        for (int d = 0; d < row.length; d++) {
            scaled[d] = (float) (row[d] * factor);
        }
        return scaled;
    }

    /** Row 0 is for what is not known: next to nothing, so that no text is nothing at all. */
    private static byte[] file(Map<String, float[]> rows) {
        List<String> keys = new ArrayList<>(List.of(""));
        keys.addAll(rows.keySet());
        float[] table = new float[(keys.size() + 1) * DIMENSIONS];
        table[0] = UNKNOWN;
        long[] numbers = new long[keys.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
            if (i > 0) {
                float[] row = rows.get(keys.get(i));
                System.arraycopy(row, 0, table, (i + 1) * DIMENSIONS, DIMENSIONS);
            }
        }
        return new OnnxFile("related-words")
                .input("words", OnnxType.STRING, "batch", "length")
                .output("vector", OnnxType.FLOAT, "batch", DIMENSIONS)
                .weights("table", table, keys.size() + 1, DIMENSIONS)
                .weights("axis", new long[] {1}, 1)
                .mlNode(
                        "LabelEncoder",
                        List.of("words"),
                        "numbers",
                        new Attributes()
                                .texts("keys_strings", keys)
                                .numbers("values_int64s", numbers)
                                .number("default_int64", 0))
                .node("Gather", List.of("table", "numbers"), "rows")
                .node(
                        "ReduceSum",
                        List.of("rows", "axis"),
                        "sum",
                        new Attributes().number("keepdims", 0))
                .node(
                        "LpNormalization",
                        List.of("sum"),
                        "vector",
                        new Attributes().number("axis", 1).number("p", 2))
                .metadata("made-by", "TrainRelatedWords in functions/samples")
                .toBytes();
    }
}
