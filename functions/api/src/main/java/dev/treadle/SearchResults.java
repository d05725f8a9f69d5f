package dev.treadle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a query found.
 *
 * @param total how many documents it found, all pages together
 * @param hits those of the page
 * @param facets of each field that was asked for the most frequent values, the most frequent first,
 *     equal ones by their names; of all documents that were found
 */
public record SearchResults(long total, List<Hit> hits, Map<String, List<Count>> facets) {
    public SearchResults {
        hits = List.copyOf(hits);
        facets = Collections.unmodifiableMap(new LinkedHashMap<>(facets));
    }

    /**
     * A document that was found.
     *
     * @param score the more, the better it fits
     * @param highlights of each field that was asked for and has a word: parts of the text as HTML,
     *     with the words in {@code <em>}; of long texts the first 100,000 characters are looked at
     */
    public record Hit(double score, SearchDocument document, Map<String, String> highlights) {
        public Hit {
            highlights = Map.copyOf(highlights);
        }

        /** The document's id. */
        public String id() {
            return document.id();
        }
    }

    /** How many documents have a value; a flag's are {@code true} and {@code false}. */
    public record Count(String value, long documents) {}
}
