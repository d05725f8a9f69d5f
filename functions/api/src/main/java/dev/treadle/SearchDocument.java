package dev.treadle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is put into a {@link Search} and comes out of it.
 *
 * <pre>{@code
 * SearchDocument.of("42").text("title", "Old maps").keywords("tags", "paper", "rare")
 *         .number("price", 12.5).time("added", Instant.now()).flag("sold", false);
 * }</pre>
 *
 * @param id 1 to 512 bytes in UTF-8
 * @param fields by name, {@link #FIELDS_MAX} at most, with {@link #BYTES_MAX} together; a name is
 *     letters, digits, {@code _} and {@code -}, without a digit first, 63 characters at most
 */
public record SearchDocument(String id, Map<String, Value> fields) {
    /** How many bytes an id may have. */
    public static final int ID_BYTES_MAX = 512;

    /** How many fields a document may have. */
    public static final int FIELDS_MAX = 100;

    /** How many bytes a keyword may have. */
    public static final int KEYWORD_BYTES_MAX = 1024;

    /** How many dimensions a vector may have. */
    public static final int DIMENSIONS_MAX = 1024;

    /** How many bytes the text and keywords of a document may have together: 1 MiB. */
    public static final int BYTES_MAX = 1 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    public SearchDocument {
        requireId(id);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        if (fields.size() > FIELDS_MAX) {
            throw new IllegalArgumentException(
                    "a document has at most %d fields, this one %d"
                            .formatted(FIELDS_MAX, fields.size()));
        }
        fields.keySet().forEach(SearchDocument::requireName);
        int bytes = fields.values().stream().mapToInt(Value::bytes).sum();
        if (bytes > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a document has at most %d bytes of text and keywords, this one %d"
                            .formatted(BYTES_MAX, bytes));
        }
    }

    /** What a field holds. */
    public sealed interface Value {
        /**
         * For people: {@code text}, {@code keywords}, {@code number}, {@code time}, {@code flag}.
         */
        default String kind() {
            return switch (this) {
                case Text any -> "text";
                case Keywords any -> "keywords";
                case Number any -> "number";
                case Time any -> "time";
                case Flag any -> "flag";
                case Vector any -> "vector";
            };
        }

        private int bytes() {
            return switch (this) {
                case Text(String text) -> utf8(text);
                case Keywords(List<String> words) ->
                        words.stream().mapToInt(SearchDocument::utf8).sum();
                case Number any -> 8;
                case Time any -> 8;
                case Flag any -> 1;
                case Vector(float[] vector) -> Float.BYTES * vector.length;
            };
        }
    }

    /** Words to search for. */
    public record Text(String text) implements Value {}

    /** Found only whole: tags, names of categories. Each has 1 KiB at most. */
    public record Keywords(List<String> keywords) implements Value {
        public Keywords {
            keywords = List.copyOf(keywords);
            for (String keyword : keywords) {
                if (utf8(keyword) > KEYWORD_BYTES_MAX) {
                    throw new IllegalArgumentException(
                            "a keyword has at most %d bytes, this one %d; longer ones are text"
                                    .formatted(KEYWORD_BYTES_MAX, utf8(keyword)));
                }
            }
        }
    }

    /** A number; whole ones are kept exactly up to 2^53. */
    public record Number(double number) implements Value {
        public Number {
            if (Double.isNaN(number)) {
                throw new IllegalArgumentException("NaN is no number to search for");
            }
            number = number + 0.0; // -0.0 is 0.0
        }
    }

    /** A moment, kept to the millisecond. */
    public record Time(Instant time) implements Value {
        public Time {
            time = Instant.ofEpochMilli(time.toEpochMilli());
        }
    }

    /** True or false. */
    public record Flag(boolean flag) implements Value {}

    /**
     * What a model makes of a text or picture, for {@link SearchQuery#near}. All vectors of a field
     * have as many dimensions as the first one.
     *
     * @param vector 1 to {@link #DIMENSIONS_MAX} numbers, not all zero; the caller's own copy
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on each way
    public record Vector(float[] vector) implements Value {
        public Vector {
            vector = vector.clone();
            requireVector(vector, DIMENSIONS_MAX);
        }

        @Override
        public float[] vector() {
            return vector.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Vector that && Arrays.equals(vector, that.vector);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(vector);
        }

        @Override
        public String toString() {
            return "Vector[%d dimensions]".formatted(vector.length);
        }
    }

    /** One without fields. */
    public static SearchDocument of(String id) {
        return new SearchDocument(id, Map.of());
    }

    /** The same with a field of text. */
    public SearchDocument text(String field, String text) {
        return with(field, new Text(text));
    }

    /** The same with a field of keywords. */
    public SearchDocument keywords(String field, String... keywords) {
        return with(field, new Keywords(Arrays.asList(keywords)));
    }

    /** The same with a field that holds a number. */
    public SearchDocument number(String field, double number) {
        return with(field, new Number(number));
    }

    /** The same with a field that holds a moment. */
    public SearchDocument time(String field, Instant time) {
        return with(field, new Time(time));
    }

    /** The same with a field that is true or false. */
    public SearchDocument flag(String field, boolean flag) {
        return with(field, new Flag(flag));
    }

    /** The same with a field that holds a vector. */
    public SearchDocument vector(String field, float... vector) {
        return with(field, new Vector(vector));
    }

    private SearchDocument with(String field, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new SearchDocument(id, more);
    }

    /** What a field holds; empty when the document does not have it. */
    public Optional<Value> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The text of a field; empty when the document has none there. */
    public Optional<String> text(String field) {
        return fields.get(field) instanceof Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    static void requireVector(float[] vector, int dimensionsMax) {
        if (vector.length == 0 || vector.length > dimensionsMax) {
            throw new IllegalArgumentException(
                    "a vector has 1 to %d dimensions, this one %d"
                            .formatted(dimensionsMax, vector.length));
        }
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        if (!Double.isFinite(square) || square < 1e-30 || square > 1e30) {
            throw new IllegalArgumentException(
                    "a vector has a direction; this one's length is %s"
                            .formatted(Math.sqrt(square)));
        }
    }

    static void requireId(String id) {
        int bytes = utf8(id);
        if (bytes == 0 || bytes > ID_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a document's id has 1 to %d bytes, this one %d"
                            .formatted(ID_BYTES_MAX, bytes));
        }
    }

    static void requireName(String field) {
        if (!NAME.matcher(field).matches()) {
            throw new IllegalArgumentException(
                    "a field's name is letters, digits, _ and -, no digit first, 63 characters at most, not '%s'"
                            .formatted(field));
        }
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
