package dev.treadle.bindings.vectors.qdrant;

import dev.treadle.SearchDocument;
import dev.treadle.SearchDocument.Text;
import dev.treadle.SearchDocument.Value;
import dev.treadle.VectorQuery;
import dev.treadle.bindings.search.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Words as a sparse vector: each is a number by its hash, and weighs as BM25 has it, but for how
 * rare it is; that is known to the server alone, which multiplies with it.
 *
 * @param byNumber the weight of each
 */
record WordWeights(Map<Integer, Float> byNumber) {
    /** How much more a word weighs that is there again. */
    private static final double AGAIN = 1.2;

    /** How much less one weighs in a longer text. */
    private static final double LONGER = 0.75;

    /** How many words a text has, about. */
    private static final double USUAL = 100;

    /** Of all text of a document. */
    static WordWeights ofText(SearchDocument document) {
        Map<Integer, Float> counts = new TreeMap<>();
        double all = 0;
        for (Value value : document.fields().values()) {
            if (value instanceof Text(String text)) {
                for (String word : Words.of(text)) {
                    counts.merge(number(word), 1f, Float::sum);
                    all++;
                }
            }
        }
        double length = AGAIN * (1 - LONGER + LONGER * all / USUAL);
        counts.replaceAll((_, count) -> (float) (count * (AGAIN + 1) / (count + length)));
        return new WordWeights(counts);
    }

    /** Of a query: each word counts once. */
    static WordWeights ofQuery(String text) {
        Map<Integer, Float> weights = new TreeMap<>();
        Words.of(text).stream()
                .distinct()
                .limit(VectorQuery.WORDS_MAX)
                .forEach(word -> weights.put(number(word), 1f));
        return new WordWeights(weights);
    }

    private static int number(String word) {
        CRC32 hash = new CRC32();
        hash.update(word.getBytes(StandardCharsets.UTF_8));
        return (int) hash.getValue();
    }

    boolean isEmpty() {
        return byNumber.isEmpty();
    }

    List<Integer> indices() {
        return new ArrayList<>(byNumber.keySet());
    }

    List<Float> values() {
        return new ArrayList<>(byNumber.values());
    }
}
