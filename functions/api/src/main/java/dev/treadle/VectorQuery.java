package dev.treadle;

import java.util.Arrays;
import java.util.Optional;

/**
 * What to look for in {@link Vectors}.
 *
 * <pre>{@code
 * VectorQuery.near(vector).where(SearchFilter.is("lang", "en")).text("old maps").limit(5);
 * }</pre>
 *
 * <p>Without text, what is found are the nearest points of those that pass the filter. With text
 * they are the nearest ones and the best by the text, each counting by its place in the one order
 * and in the other; then one of the text's words is enough, rare words count more, and upper and
 * lower case and accents do not matter. A store may miss a few of the nearest.
 *
 * @param vector what to look near to, of as many dimensions as the store's; the caller's own copy
 * @param limit how many points to find at most, 1 to {@link #LIMIT_MAX}
 * @param filter which points may be found
 * @param text words that count as well; empty for none. {@link SearchQuery#TEXT_MAX} characters at
 *     most, of which the first {@link #WORDS_MAX} words count
 * @param fresh whether to find all that was put before on this node; takes longer
 */
@SuppressWarnings("ArrayRecordComponent") // copied on each way
public record VectorQuery(
        float[] vector, int limit, Optional<SearchFilter> filter, String text, boolean fresh) {
    /** How many points may be found. */
    public static final int LIMIT_MAX = 100;

    /** How many words of a text count. */
    public static final int WORDS_MAX = 64;

    private static final int LIMIT_USUAL = 10;

    public VectorQuery {
        vector = vector.clone();
        VectorPoint.requireVector(vector);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "1 to %d points are found, not %d".formatted(LIMIT_MAX, limit));
        }
        if (text.length() > SearchQuery.TEXT_MAX) {
            throw new IllegalArgumentException(
                    "the text has at most %d characters, this one %d"
                            .formatted(SearchQuery.TEXT_MAX, text.length()));
        }
        filter.ifPresent(SearchFilter::requireBounds);
    }

    @Override
    public float[] vector() {
        return vector.clone();
    }

    /** Looks for what is nearest. */
    public static VectorQuery near(float... vector) {
        return new VectorQuery(vector, LIMIT_USUAL, Optional.empty(), "", false);
    }

    /** The same that finds so many at most; 10 unless told. */
    public VectorQuery limit(int points) {
        return new VectorQuery(vector, points, filter, text, fresh);
    }

    /** The same with a filter, in the place of one that it had. */
    public VectorQuery where(SearchFilter only) {
        return new VectorQuery(vector, limit, Optional.of(only), text, fresh);
    }

    /** The same for which words count, too. */
    public VectorQuery text(String words) {
        return new VectorQuery(vector, limit, filter, words, fresh);
    }

    /** The same that finds all that was put before on this node. */
    public VectorQuery asFresh() {
        return new VectorQuery(vector, limit, filter, text, true);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VectorQuery that
                && Arrays.equals(vector, that.vector)
                && limit == that.limit
                && filter.equals(that.filter)
                && text.equals(that.text)
                && fresh == that.fresh;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(vector) + text.hashCode();
    }

    @Override
    public String toString() {
        return "VectorQuery[%d dimensions, limit %d, filter %s, text '%s']"
                .formatted(vector.length, limit, filter, text);
    }
}
