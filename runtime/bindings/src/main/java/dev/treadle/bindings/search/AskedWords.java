package dev.treadle.bindings.search;

import dev.treadle.SearchQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which words a query asks for, and where.
 *
 * @param words as an index has them
 * @param fields those that the store has, with what each counts
 */
public record AskedWords(List<String> words, Map<String, Double> fields) {
    /** So many letters at the beginning are right. */
    public static final int RIGHT = 1;

    /** So many words of an index stand in for one with a typo. */
    public static final int EXPANSIONS_MAX = 30;

    /** So much more the word itself counts than one that stands in for it. */
    public static final float EXACT = 2;

    private static final int ONE_TYPO_FROM = 4;
    private static final int TWO_TYPOS_FROM = 8;

    /**
     * @throws IllegalArgumentException when there are too many words or fields, or a field without
     *     text
     */
    public static AskedWords of(SearchQuery.Words asked, Schema schema) {
        List<String> words = Words.of(asked.text());
        if (words.size() > SearchQuery.WORDS_MAX) {
            throw new IllegalArgumentException(
                    "the text has at most %d words, this one %d"
                            .formatted(SearchQuery.WORDS_MAX, words.size()));
        }
        Map<String, Double> fields = new LinkedHashMap<>();
        asked.in()
                .forEach(
                        (field, weight) ->
                                schema.indexed(field, "to search there", Kind.TEXT)
                                        .ifPresent(_ -> fields.put(field, weight)));
        if (asked.in().isEmpty()) {
            schema.texts().forEach(field -> fields.put(field, 1.0));
        }
        if (fields.size() > SearchQuery.FIELDS_MAX) {
            throw new IllegalArgumentException(
                    "the store has %d fields with text; a query names the ones to search, at most %d"
                            .formatted(fields.size(), SearchQuery.FIELDS_MAX));
        }
        return new AskedWords(words, fields);
    }

    /** Whether no document can have them. */
    public boolean areNowhere() {
        return words.isEmpty() || fields.isEmpty();
    }

    /** How many letters of a word may be wrong. */
    public static int typos(String word) {
        int letters = word.codePointCount(0, word.length());
        if (letters < ONE_TYPO_FROM) {
            return 0;
        }
        return letters < TWO_TYPOS_FROM ? 1 : 2;
    }
}
