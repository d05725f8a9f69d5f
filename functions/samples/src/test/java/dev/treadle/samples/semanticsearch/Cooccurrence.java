package dev.treadle.samples.semanticsearch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which words stand together in a text: in one sentence, and less in one paragraph. Of each two
 * words it keeps how much more often they do than chance would have it (positive pointwise mutual
 * information). Words have numbers in their alphabetical order.
 */
final class Cooccurrence {
    private static final double IN_SENTENCE = 1;
    private static final double IN_PARAGRAPH = 0.6;

    private final List<String> words;
    private final int sentences;
    private final Map<String, Integer> frequencies = new TreeMap<>();

    /** For each two words, how much they stand together. */
    private final double[][] together;

    private Cooccurrence(List<List<List<String>>> paragraphs) {
        for (List<List<String>> paragraph : paragraphs) {
            for (List<String> sentence : paragraph) {
                sentence.forEach(word -> frequencies.merge(word, 1, Integer::sum));
            }
        }
        words = List.copyOf(frequencies.keySet());
        sentences = paragraphs.stream().mapToInt(List::size).sum();
        together = new double[words.size()][words.size()];
        for (List<List<String>> paragraph : paragraphs) {
            paragraph.forEach(sentence -> count(sentence, IN_SENTENCE));
            count(paragraph.stream().flatMap(List::stream).distinct().toList(), IN_PARAGRAPH);
        }
        weigh();
    }

    /** Reads sentences, one a line, in paragraphs with empty lines between. */
    static Cooccurrence of(String text) {
        List<List<List<String>>> paragraphs = new ArrayList<>();
        for (String paragraph : text.split("\\n\\n")) {
            paragraphs.add(
                    paragraph
                            .lines()
                            .map(line -> List.copyOf(new TreeSet<>(Words.of(line))))
                            .toList());
        }
        return new Cooccurrence(paragraphs);
    }

    private void count(List<String> some, double much) {
        int[] numbers = some.stream().mapToInt(this::number).toArray();
        for (int a : numbers) {
            for (int b : numbers) {
                if (a != b) {
                    together[a][b] += much;
                }
            }
        }
    }

    private void weigh() {
        double[] sums =
                Arrays.stream(together).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
        double all = Arrays.stream(sums).sum();
        for (int a = 0; a < sums.length; a++) {
            for (int b = 0; b < sums.length; b++) {
                double chance = sums[a] * sums[b] / all;
                together[a][b] = StrictMath.log(Math.max(1, together[a][b] / chance));
            }
        }
    }

    private int number(String word) {
        return Collections.binarySearch(words, word);
    }

    List<String> words() {
        return words;
    }

    /** How much a word tells: rare ones more. */
    double weight(String word) {
        return StrictMath.log((double) sentences / frequencies.getOrDefault(word, 1));
    }

    /** Multiplies with a column of numbers, one for each word. */
    double[] times(double[] column) {
        double[] product = new double[column.length];
        for (int a = 0; a < product.length; a++) {
            double sum = 0;
            for (int b = 0; b < column.length; b++) {
                sum += together[a][b] * column[b];
            }
            product[a] = sum;
        }
        return product;
    }
}
