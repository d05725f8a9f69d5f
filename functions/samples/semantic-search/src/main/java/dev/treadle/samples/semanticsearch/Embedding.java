package dev.treadle.samples.semanticsearch;

import dev.treadle.Model;
import dev.treadle.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Makes vectors of texts.
 *
 * @param model takes {@code words: string[batch, length]}, gives {@code vector: float[batch, n]}
 */
record Embedding(Model model) {
    /** Only calls of one length run as a batch, so there are few lengths. */
    private static final int STEP = 64;

    /** What fills a shorter text up; the model passes over it. */
    private static final String NOTHING = "";

    /** A vector of length 1 for each text, in the same order. */
    List<float[]> of(List<String> texts) {
        List<List<String>> rows = texts.stream().map(Words::andParts).toList();
        int longest = rows.stream().mapToInt(List::size).max().orElse(0);
        int length = Math.ceilDiv(longest, STEP) * STEP;
        List<String> words = new ArrayList<>();
        for (List<String> row : rows) {
            words.addAll(row);
            words.addAll(Collections.nCopies(length - row.size(), NOTHING));
        }
        Tensor vectors =
                model.run(Map.of("words", Tensor.of(words, rows.size(), length))).get("vector");
        float[] all = vectors.floats();
        int dimensions = all.length / rows.size();
        List<float[]> each = new ArrayList<>();
        for (int from = 0; from < all.length; from += dimensions) {
            each.add(Arrays.copyOfRange(all, from, from + dimensions));
        }
        return each;
    }
}
