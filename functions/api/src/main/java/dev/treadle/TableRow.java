package dev.treadle;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A row of a {@link Table}, key columns included. A column that is not there is empty.
 *
 * <pre>{@code
 * TableRow.of("customer", "ada").with("placed", Instant.now()).with("total", 4200L);
 * }</pre>
 *
 * @param values by column; see {@link ColumnType} for their classes; those of {@link Table#cql} may
 *     have others
 */
public record TableRow(Map<String, Object> values) {
    public TableRow {
        values = Collections.unmodifiableMap(values instanceof Own own ? own : Own.of(values));
    }

    /** One without any value, to begin with. */
    public static TableRow empty() {
        return new TableRow(Map.of());
    }

    /** One with a value. */
    public static TableRow of(String column, Object value) {
        return empty().with(column, value);
    }

    /** The same with a value more, or another one. */
    public TableRow with(String column, Object value) {
        Own more = new Own(values);
        more.put(column, Cells.own(value));
        return new TableRow(more);
    }

    /** The same with an empty column. */
    public TableRow without(String column) {
        Own fewer = new Own(values);
        fewer.remove(column);
        return new TableRow(fewer);
    }

    /** What belongs to rows alone, so that no row copies it again. */
    private static final class Own extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        Own(Map<String, Object> own) {
            super(own);
        }

        static Own of(Map<String, Object> given) {
            Own own = new Own(Map.of());
            given.forEach((column, value) -> own.put(column, Cells.own(value)));
            return own;
        }
    }

    /** Whether the column is not empty. */
    public boolean has(String column) {
        return values.containsKey(column);
    }

    /** Whether it has all these values, and maybe others. */
    public boolean hasAll(TableRow expected) {
        return expected.values().entrySet().stream()
                .allMatch(each -> Cells.equal(values.get(each.getKey()), each.getValue()));
    }

    /** The value of a column of type {@code text}. */
    public Optional<String> text(String column) {
        return value(column, String.class);
    }

    /** The value of a column of type {@code int} or {@code long}. */
    public OptionalLong number(String column) {
        return value(column, Number.class)
                .filter(number -> whole(column, number))
                .map(number -> OptionalLong.of(number.longValue()))
                .orElse(OptionalLong.empty());
    }

    private static boolean whole(String column, Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return true;
        }
        throw misfit(column, number, "int or long");
    }

    /** The value of a column of type {@code double}. */
    public OptionalDouble real(String column) {
        return value(column, Double.class).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    /** The value of a column of type {@code boolean}. */
    public Optional<Boolean> flag(String column) {
        return value(column, Boolean.class);
    }

    /** The value of a column of type {@code time}. */
    public Optional<Instant> time(String column) {
        return value(column, Instant.class);
    }

    /** The value of a column of type {@code uuid}. */
    public Optional<UUID> uuid(String column) {
        return value(column, UUID.class);
    }

    /** The value of a column of type {@code bytes}; the caller's own copy. */
    public Optional<byte[]> bytes(String column) {
        return value(column, byte[].class).map(byte[]::clone);
    }

    /**
     * The value of a column; empty when the column is.
     *
     * @throws IllegalArgumentException when it is of another class
     */
    public <T> Optional<T> value(String column, Class<T> type) {
        Object value = values.get(column);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw misfit(column, value, type.getSimpleName());
        }
        return Optional.of(type.cast(value));
    }

    private static IllegalArgumentException misfit(String column, Object value, String wanted) {
        return new IllegalArgumentException(
                "column '%s' holds a %s, not a %s"
                        .formatted(column, value.getClass().getSimpleName(), wanted));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableRow that
                && values.keySet().equals(that.values.keySet())
                && values.entrySet().stream()
                        .allMatch(
                                each ->
                                        Cells.equal(
                                                each.getValue(), that.values.get(each.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<String, Object> each : values.entrySet()) {
            hash += each.getKey().hashCode() ^ Cells.hash(each.getValue());
        }
        return hash;
    }

    /** For people. */
    @Override
    public String toString() {
        return "{" + Cells.text(values) + "}";
    }
}
