package dev.treadle.bindings.vectors;

import dev.treadle.registry.BindingSpec.Distance;

/**
 * What the vectors of a store have in common.
 *
 * @param dimensions how many numbers each has
 * @param distance how near is measured
 */
public record VectorShape(int dimensions, Distance distance) {
    /** For people. */
    public String text() {
        return "%d dimensions by %s".formatted(dimensions, distance.word());
    }

    /** How near two vectors are: the more, the nearer. */
    public double score(float[] a, float[] b) {
        return switch (distance) {
            case COSINE -> dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
            case DOT -> dot(a, b);
            case EUCLIDEAN -> 1 / (1 + way(a, b));
        };
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static double way(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double part = (double) a[i] - b[i];
            sum += part * part;
        }
        return Math.sqrt(sum);
    }
}
