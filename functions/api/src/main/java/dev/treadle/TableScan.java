package dev.treadle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of one partition of a {@link Table}, and in which order. A bound names the first
 * clustering columns, as many as it likes, and means all rows that begin with these values.
 *
 * <pre>{@code
 * TableScan.of("ada").from(monday).before(sunday).backward().limit(20);
 * }</pre>
 *
 * @param partition the values of the partition columns
 * @param lower where the rows begin; empty for the first
 * @param upper where they end; empty for the last
 * @param isBackward from the last row to the first
 * @param limit how many rows a page has at most, 1 to {@link Table#PAGE_MAX}
 * @param cursor of a page before; empty for the first page
 */
public record TableScan(
        TableKey partition,
        Optional<Bound> lower,
        Optional<Bound> upper,
        boolean isBackward,
        int limit,
        Optional<String> cursor) {
    private static final int LIMIT = 100;

    public TableScan {
        if (limit < 1 || limit > Table.PAGE_MAX) {
            throw new IllegalArgumentException(
                    "a page has 1 to %d rows, not %d".formatted(Table.PAGE_MAX, limit));
        }
    }

    /**
     * Where rows begin or end.
     *
     * @param values of the first clustering columns, one at least
     * @param isInclusive whether the rows that begin with them are found
     */
    public record Bound(TableKey values, boolean isInclusive) {
        static Optional<Bound> of(Object[] values, boolean isInclusive) {
            return Optional.of(new Bound(new TableKey(Arrays.asList(values)), isInclusive));
        }
    }

    /** All rows of a partition, forward, a hundred a page. */
    public static TableScan of(Object... partition) {
        return new TableScan(
                new TableKey(List.of(partition)),
                Optional.empty(),
                Optional.empty(),
                false,
                LIMIT,
                Optional.empty());
    }

    /** Only rows from these on, these included. */
    public TableScan from(Object... clustering) {
        return with(Bound.of(clustering, true), upper);
    }

    /** Only rows after these. */
    public TableScan after(Object... clustering) {
        return with(Bound.of(clustering, false), upper);
    }

    /** Only rows up to these, these included. */
    public TableScan upTo(Object... clustering) {
        return with(lower, Bound.of(clustering, true));
    }

    /** Only rows before these. */
    public TableScan before(Object... clustering) {
        return with(lower, Bound.of(clustering, false));
    }

    /** Only rows that begin with these. */
    public TableScan within(Object... clustering) {
        return with(Bound.of(clustering, true), Bound.of(clustering, true));
    }

    private TableScan with(Optional<Bound> begin, Optional<Bound> end) {
        return new TableScan(partition, begin, end, isBackward, limit, cursor);
    }

    /** From the last row to the first. */
    public TableScan backward() {
        return new TableScan(partition, lower, upper, true, limit, cursor);
    }

    /** With so many rows a page at most. */
    public TableScan limit(int rows) {
        return new TableScan(partition, lower, upper, isBackward, rows, cursor);
    }

    /**
     * Another page of the same scan.
     *
     * @param place {@link Table.Page#next} or {@link Table.Page#previous} of a page
     */
    public TableScan at(String place) {
        return new TableScan(partition, lower, upper, isBackward, limit, Optional.of(place));
    }
}
