package dev.treadle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to look for in a {@link Search}.
 *
 * <pre>{@code
 * SearchQuery.of("old mpas").in("title", 3).in("body", 1)
 *         .where(SearchFilter.atMost("price", 20)).facet("tags", 10).highlight("body").limit(20);
 * }</pre>
 *
 * <p>A document is found when it has each of the text's words, in any of the fields. Upper and
 * lower case and accents do not matter. A word of 4 letters or more may have a typo, one of 8 or
 * more two: a letter too much, too few, another, or two changed about; the first letter is right.
 * Without text, all documents that pass the filter are found.
 *
 * <p>What is found comes by its score: a word itself counts more than something like it, and rare
 * words and short fields count more. How large a score is depends on the store; it is 1 without
 * text. What is equal comes by its id.
 *
 * @param words which words to look for, and where
 * @param filter which documents may be found
 * @param near a vector to look near to; then what is found are the documents nearest to it, or with
 *     text those together with the best ones by the text
 * @param order what comes first; by score when empty. What has nothing there comes last
 * @param shown what to tell of what is found
 * @param fresh whether to find all that was put before on this node; takes longer
 */
public record SearchQuery(
        Words words,
        Optional<SearchFilter> filter,
        Optional<Near> near,
        List<Order> order,
        Shown shown,
        boolean fresh) {
    /** How many characters the text may have. */
    public static final int TEXT_MAX = 1000;

    /** How many words the text may have. */
    public static final int WORDS_MAX = 16;

    /** How many fields one query may search, count, sort by or highlight, each. */
    public static final int FIELDS_MAX = 16;

    /** How many documents a page may have. */
    public static final int LIMIT_MAX = 100;

    /** How far into the results pages go. */
    public static final int REACH_MAX = 10_000;

    /** How many documents may be found near a vector. */
    public static final int NEAREST_MAX = 100;

    /** How many values of a facet may be told. */
    public static final int FACET_MAX = 100;

    private static final int LIMIT_USUAL = 20;

    public SearchQuery {
        order = List.copyOf(order);
        requireFields(order.size());
        filter.ifPresent(SearchFilter::requireBounds);
    }

    /**
     * Which words to look for, and where.
     *
     * @param text {@link #TEXT_MAX} characters and {@link #WORDS_MAX} words at most
     * @param in which fields with text, and how much each counts; all of the store when empty
     * @param exact whether words must be without typos
     */
    public record Words(String text, Map<String, Double> in, boolean exact) {
        public Words {
            in = Collections.unmodifiableMap(new LinkedHashMap<>(in));
            require(text.length() <= TEXT_MAX, "the text has at most %d characters", TEXT_MAX);
            requireFields(in.size());
            require(
                    in.values().stream().allMatch(each -> each > 0 && each <= 1000),
                    "a field counts for more than 0, %d at most",
                    1000);
        }
    }

    /**
     * What to sort by.
     *
     * @param field with keywords, of which the least counts; or numbers, times or flags
     * @param descending whether the largest comes first
     */
    public record Order(String field, boolean descending) {
        public Order {
            SearchDocument.requireName(field);
        }
    }

    /**
     * What to look near to.
     *
     * @param field with vectors
     * @param vector of as many dimensions as those of the field
     * @param nearest how many documents to find, 1 to {@link #NEAREST_MAX}
     */
    public record Near(String field, SearchDocument.Vector vector, int nearest) {
        public Near {
            SearchDocument.requireName(field);
            require(
                    nearest > 0 && nearest <= NEAREST_MAX,
                    "1 to %d documents are found near a vector",
                    NEAREST_MAX);
        }
    }

    /**
     * What to tell of what is found.
     *
     * @param facets for which fields with keywords or flags to count the values, and how many of
     *     the most frequent ones to tell
     * @param highlights for which fields with text to show where the words are
     * @param offset how many of the first documents to leave out
     * @param limit how many to tell at most, up to {@link #LIMIT_MAX}; offset and limit together
     *     are {@link #REACH_MAX} at most
     */
    public record Shown(
            Map<String, Integer> facets, List<String> highlights, int offset, int limit) {
        public Shown {
            facets = Collections.unmodifiableMap(new LinkedHashMap<>(facets));
            highlights = List.copyOf(highlights);
            requireFields(facets.size());
            requireFields(highlights.size());
            require(
                    facets.values().stream().allMatch(each -> each > 0 && each <= FACET_MAX),
                    "a facet tells 1 to %d values",
                    FACET_MAX);
            require(limit >= 0 && limit <= LIMIT_MAX, "a page has 0 to %d documents", LIMIT_MAX);
            require(
                    offset >= 0 && offset <= REACH_MAX - limit,
                    "pages go up to the document %d",
                    REACH_MAX);
        }
    }

    /** Looks for words; for all documents when there are none. */
    public static SearchQuery of(String text) {
        return new SearchQuery(
                new Words(text, Map.of(), false),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Shown(Map.of(), List.of(), 0, LIMIT_USUAL),
                false);
    }

    /** Looks for all documents. */
    public static SearchQuery all() {
        return of("");
    }

    /**
     * The same that looks into this field, too, or only there when it is the first that is named.
     */
    public SearchQuery in(String field, double weight) {
        SearchDocument.requireName(field);
        return with(new Words(words.text, with(words.in, field, weight), words.exact));
    }

    /** The same for words without typos. */
    public SearchQuery withoutTypos() {
        return with(new Words(words.text, words.in, true));
    }

    /** The same with a filter, in the place of one that it had. */
    public SearchQuery where(SearchFilter only) {
        return new SearchQuery(words, Optional.of(only), near, order, shown, fresh);
    }

    /**
     * The same that looks near a vector, by the angle between the two. Without text, what is found
     * are so many documents with the nearest vectors of those that pass the filter, with a score of
     * 1 for the same direction and 0 for the opposite one. With text, what is found are these and
     * as many of the best by the text; a document counts by its places in both orders. An embedded
     * store may miss a few of the nearest.
     */
    public SearchQuery near(String field, float[] vector, int nearest) {
        Near next = new Near(field, new SearchDocument.Vector(vector), nearest);
        return new SearchQuery(words, filter, Optional.of(next), order, shown, fresh);
    }

    /** The same with the least first; where that is equal, as it was before. */
    public SearchQuery ascending(String field) {
        return with(new Order(field, false));
    }

    /** The same with the largest first; after what it is sorted by already. */
    public SearchQuery descending(String field) {
        return with(new Order(field, true));
    }

    /** The same that counts the values of a field with keywords or flags. */
    public SearchQuery facet(String field, int values) {
        SearchDocument.requireName(field);
        Map<String, Integer> facets = with(shown.facets, field, values);
        return with(new Shown(facets, shown.highlights, shown.offset, shown.limit));
    }

    /** The same that shows where the words are in a field with text. */
    public SearchQuery highlight(String field) {
        SearchDocument.requireName(field);
        List<String> highlights = with(shown.highlights, field);
        return with(new Shown(shown.facets, highlights, shown.offset, shown.limit));
    }

    /** The same that leaves out so many of the first. */
    public SearchQuery offset(int documents) {
        return with(new Shown(shown.facets, shown.highlights, documents, shown.limit));
    }

    /** The same that tells so many at most; 20 unless told. */
    public SearchQuery limit(int documents) {
        return with(new Shown(shown.facets, shown.highlights, shown.offset, documents));
    }

    /** The same that finds all that was put before on this node. */
    public SearchQuery asFresh() {
        return new SearchQuery(words, filter, near, order, shown, true);
    }

    private SearchQuery with(Words others) {
        return new SearchQuery(others, filter, near, order, shown, fresh);
    }

    private SearchQuery with(Order next) {
        return new SearchQuery(words, filter, near, with(order, next), shown, fresh);
    }

    private SearchQuery with(Shown other) {
        return new SearchQuery(words, filter, near, order, other, fresh);
    }

    private static <V> Map<String, V> with(Map<String, V> all, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(all);
        more.put(key, value);
        return more;
    }

    private static <T> List<T> with(List<T> all, T next) {
        List<T> more = new ArrayList<>(all);
        more.add(next);
        return more;
    }

    private static void requireFields(int fields) {
        require(fields <= FIELDS_MAX, "a query has at most %d fields of a use", FIELDS_MAX);
    }

    private static void require(boolean holds, String message, int bound) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(bound));
        }
    }
}
