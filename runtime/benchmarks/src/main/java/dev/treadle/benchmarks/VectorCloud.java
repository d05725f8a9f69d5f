package dev.treadle.benchmarks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Vectors around a hundred centres, as embeddings of texts about a hundred things lie, and what is
 * nearest among them, found by looking at all. All have the length 1.
 */
record VectorCloud(List<float[]> vectors, List<float[]> centres) {
    private static final int CENTRES = 100;
    private static final double SPREAD = 0.8;

    /** The same numbers give the same vectors. */
    static VectorCloud of(int count, int dimensions) {
        SplittableRandom random = new SplittableRandom(20261128);
        List<float[]> centres = new ArrayList<>();
        for (int i = 0; i < CENTRES; i++) {
            centres.add(unit(gauss(dimensions, random)));
        }
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            vectors.add(around(centres.get(random.nextInt(CENTRES)), random));
        }
        return new VectorCloud(vectors, centres);
    }

    /** Vectors to look near to, others for each seed. */
    List<float[]> queries(int count, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(around(centres.get(random.nextInt(CENTRES)), random));
        }
        return queries;
    }

    /**
     * The numbers of the nearest ones.
     *
     * @param step 10 to look at each tenth only, from the first on
     */
    Set<Integer> nearest(float[] wanted, int count, int step) {
        record Scored(int number, float score) {}
        PriorityQueue<Scored> best =
                new PriorityQueue<>((a, b) -> Float.compare(a.score(), b.score()));
        for (int i = 0; i < vectors.size(); i += step) {
            float score = dot(wanted, vectors.get(i));
            if (best.size() < count) {
                best.add(new Scored(i, score));
            } else if (best.element().score() < score) {
                best.remove();
                best.add(new Scored(i, score));
            }
        }
        Set<Integer> numbers = new HashSet<>();
        best.forEach(each -> numbers.add(each.number()));
        return numbers;
    }

    private static float[] around(float[] centre, SplittableRandom random) {
        float[] vector = gauss(centre.length, random);
        double scale = SPREAD / Math.sqrt(centre.length);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (centre[i] + scale * vector[i]);
        }
        return unit(vector);
    }

    private static float[] gauss(int dimensions, SplittableRandom random) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static float[] unit(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
