package dev.treadle;

import dev.treadle.SearchDocument.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What is put into {@link Vectors} and comes out of them.
 *
 * <pre>{@code
 * VectorPoint.of("42", vector).text("text", "Old maps").keywords("tags", "paper", "rare");
 * }</pre>
 *
 * @param document the point's id, and fields to filter by and to bring along; of the fields with
 *     text, the words count for {@link VectorQuery#text}. None of them is a vector
 * @param vector 1 to {@link #DIMENSIONS_MAX} numbers, not all zero; the caller's own copy
 */
@SuppressWarnings("ArrayRecordComponent") // copied on each way
public record VectorPoint(SearchDocument document, float[] vector) {
    /** How many dimensions a vector may have. */
    public static final int DIMENSIONS_MAX = 4096;

    public VectorPoint {
        vector = vector.clone();
        requireVector(vector);
        document.fields()
                .forEach(
                        (field, value) -> {
                            if (value instanceof SearchDocument.Vector) {
                                throw new IllegalArgumentException(
                                        "a point has one vector, and the field '%s' is another"
                                                .formatted(field));
                            }
                        });
    }

    @Override
    public float[] vector() {
        return vector.clone();
    }

    /**
     * One without fields.
     *
     * @param id 1 to {@link SearchDocument#ID_BYTES_MAX} bytes in UTF-8
     */
    public static VectorPoint of(String id, float... vector) {
        return new VectorPoint(SearchDocument.of(id), vector);
    }

    /** What it is put and found as. */
    public String id() {
        return document.id();
    }

    /** What it has beside the vector, by name. */
    public Map<String, Value> fields() {
        return document.fields();
    }

    /** The text of a field; empty when the point has none there. */
    public Optional<String> text(String field) {
        return document.text(field);
    }

    /** The same with a field of text. */
    public VectorPoint text(String field, String text) {
        return new VectorPoint(document.text(field, text), vector);
    }

    /** The same with a field of keywords. */
    public VectorPoint keywords(String field, String... keywords) {
        return new VectorPoint(document.keywords(field, keywords), vector);
    }

    /** The same with a field that holds a number. */
    public VectorPoint number(String field, double number) {
        return new VectorPoint(document.number(field, number), vector);
    }

    /** The same with a field that holds a moment. */
    public VectorPoint time(String field, Instant time) {
        return new VectorPoint(document.time(field, time), vector);
    }

    /** The same with a field that is true or false. */
    public VectorPoint flag(String field, boolean flag) {
        return new VectorPoint(document.flag(field, flag), vector);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VectorPoint that
                && document.equals(that.document)
                && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return 31 * document.hashCode() + Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "VectorPoint[%s, %d dimensions]".formatted(document, vector.length);
    }

    static void requireVector(float[] vector) {
        SearchDocument.requireVector(vector, DIMENSIONS_MAX);
    }
}
