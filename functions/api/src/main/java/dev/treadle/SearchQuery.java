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
 * @param text {@link #TEXT_MAX} characters and {@link #WORDS_MAX} words at most
 * @param in which fields with text, and how much each counts; all of the store when empty
 * @param filter which documents may be found
 * @param order what comes first; by score when empty. What has nothing there comes last
 * @param facets for which fields with keywords or flags to count the values, and how many of the
 *     most frequent ones to tell
 * @param highlights for which fields with text to show where the words are
 * @param near a vector to look near to; then what is found are the documents nearest to it, or with
 *     text those together with the best ones by the text
 * @param offset how many of the first ones to leave out
 * @param limit how many to tell at most, up to {@link #LIMIT_MAX}; offset and limit together are
 *     {@link #REACH_MAX} at most
 * @param exact whether words must be without typos
 * @param fresh whether to find all that was put before on this node; takes longer
 */
public record SearchQuery(
        String text,
        Map<String, Double> in,
        Optional<SearchFilter> filter,
        List<Order> order,
        Map<String, Integer> facets,
        List<String> highlights,
        Optional<Near> near,
        int offset,
        int limit,
        boolean exact,
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
        in = Collections.unmodifiableMap(new LinkedHashMap<>(in));
        order = List.copyOf(order);
        facets = Collections.unmodifiableMap(new LinkedHashMap<>(facets));
        highlights = List.copyOf(highlights);
        require(text.length() <= TEXT_MAX, "the text has at most %d characters", TEXT_MAX);
        for (int fields : new int[] {in.size(), order.size(), facets.size(), highlights.size()}) {
            require(fields <= FIELDS_MAX, "a query has at most %d fields of a use", FIELDS_MAX);
        }
        require(
                in.values().stream().allMatch(each -> each > 0 && each <= 1000),
                "a field counts for more than 0, %d at most",
                1000);
        require(
                facets.values().stream().allMatch(each -> each > 0 && each <= FACET_MAX),
                "a facet tells 1 to %d values",
                FACET_MAX);
        require(limit >= 0 && limit <= LIMIT_MAX, "a page has 0 to %d documents", LIMIT_MAX);
        require(
                offset >= 0 && offset <= REACH_MAX - limit,
                "pages go up to the document %d",
                REACH_MAX);
        int inside = filter.map(SearchFilter::depth).orElse(0);
        require(
                inside <= SearchFilter.DEPTH_MAX,
                "filters are at most %d deep inside of each other",
                SearchFilter.DEPTH_MAX);
        require(
                filter.map(SearchFilter::size).orElse(0) <= SearchFilter.VALUES_MAX,
                "filters have at most %d parts and values together",
                SearchFilter.VALUES_MAX);
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

    /** Looks for words; for all documents when there are none. */
    public static SearchQuery of(String text) {
        return new SearchQuery(
                text,
                Map.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                0,
                LIMIT_USUAL,
                false,
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
        return new SearchQuery(
                text,
                with(in, field, weight),
                filter,
                order,
                facets,
                highlights,
                near,
                offset,
                limit,
                exact,
                fresh);
    }

    /** The same with a filter, in the place of one that it had. */
    public SearchQuery where(SearchFilter only) {
        return new SearchQuery(
                text,
                in,
                Optional.of(only),
                order,
                facets,
                highlights,
                near,
                offset,
                limit,
                exact,
                fresh);
    }

    /** The same with the least first; where that is equal, as it was before. */
    public SearchQuery ascending(String field) {
        return ordered(new Order(field, false));
    }

    /** The same with the largest first; after what it is sorted by already. */
    public SearchQuery descending(String field) {
        return ordered(new Order(field, true));
    }

    private SearchQuery ordered(Order next) {
        return new SearchQuery(
                text,
                in,
                filter,
                with(order, next),
                facets,
                highlights,
                near,
                offset,
                limit,
                exact,
                fresh);
    }

    /** The same that counts the values of a field with keywords or flags. */
    public SearchQuery facet(String field, int values) {
        SearchDocument.requireName(field);
        return new SearchQuery(
                text,
                in,
                filter,
                order,
                with(facets, field, values),
                highlights,
                near,
                offset,
                limit,
                exact,
                fresh);
    }

    /** The same that shows where the words are in a field with text. */
    public SearchQuery highlight(String field) {
        SearchDocument.requireName(field);
        return new SearchQuery(
                text,
                in,
                filter,
                order,
                facets,
                with(highlights, field),
                near,
                offset,
                limit,
                exact,
                fresh);
    }

    /**
     * The same that looks near a vector, by the angle between the two. Without text, what is found
     * are so many documents with the nearest vectors of those that pass the filter, with a score of
     * 1 for the same direction and 0 for the opposite one. With text, what is found are these and
     * as many of the best by the text; a document counts by its places in both orders. An embedded
     * store may miss a few of the nearest.
     */
    public SearchQuery near(String field, float[] vector, int nearest) {
        return new SearchQuery(
                text,
                in,
                filter,
                order,
                facets,
                highlights,
                Optional.of(new Near(field, new SearchDocument.Vector(vector), nearest)),
                offset,
                limit,
                exact,
                fresh);
    }

    /** The same that leaves out so many of the first. */
    public SearchQuery offset(int documents) {
        return new SearchQuery(
                text, in, filter, order, facets, highlights, near, documents, limit, exact, fresh);
    }

    /** The same that tells so many at most; 20 unless told. */
    public SearchQuery limit(int documents) {
        return new SearchQuery(
                text, in, filter, order, facets, highlights, near, offset, documents, exact, fresh);
    }

    /** The same for words without typos. */
    public SearchQuery withoutTypos() {
        return new SearchQuery(
                text, in, filter, order, facets, highlights, near, offset, limit, true, fresh);
    }

    /** The same that finds all that was put before on this node. */
    public SearchQuery asFresh() {
        return new SearchQuery(
                text, in, filter, order, facets, highlights, near, offset, limit, exact, true);
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

    private static void require(boolean holds, String message, int bound) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(bound));
        }
    }
}
