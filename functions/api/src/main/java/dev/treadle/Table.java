package dev.treadle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rows of typed columns, shared by all functions that bind the same table. The manifest declares
 * the columns. Those of the partition say which rows are kept together; those for clustering say in
 * which order, and can be scanned. Both together are a row's key.
 *
 * <p>A row has {@link #ROW_BYTES_MAX} at most. A put sets all columns that the manifest declares:
 * those that the row does not have are empty then. Columns that only other functions declare stay.
 * A row with a time to live is gone at its end, a second earlier or later.
 *
 * <p>What compares ({@code create}, and {@code replace} and {@code delete} with what is expected)
 * sees whatever other comparing calls have done before. Where a table is kept in Cassandra, a plain
 * {@code put}, {@code delete} or {@code write} of the same row at the same time may come before or
 * after; rows that are compared are better always written so.
 *
 * <p>Every method throws {@link BindingFailed} when the store cannot be reached, is too slow or
 * fails; a write may have taken place then. Wrong arguments are {@link IllegalArgumentException}s.
 * Safe for threads.
 */
public interface Table {
    /** How many rows a page may have. */
    int PAGE_MAX = 1000;

    /** How many changes may be written at once. */
    int BATCH_MAX = 100;

    /** How many bytes the values of a row may have: 1 MiB. */
    int ROW_BYTES_MAX = 1 << 20;

    /** How many bytes the rows may have that are written at once: 4 MiB. */
    int BATCH_BYTES_MAX = 4 << 20;

    /** How many rows {@link #cql} may give. */
    int CQL_ROWS_MAX = 10_000;

    /**
     * Part of what a scan finds. A page may have fewer rows than asked for, even none, and still
     * not be the last.
     *
     * @param rows in the order of the scan
     * @param next the cursor of the page after it; empty at the end
     * @param previous the cursor of the page before it; empty when the scan began here
     */
    record Page(List<TableRow> rows, Optional<String> next, Optional<String> previous) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /** One of the changes that are written at once. */
    sealed interface Change {
        /** Puts a row; it lives as long as the binding's {@code ttl} says. */
        static Change put(TableRow row) {
            return new Put(row, Optional.empty());
        }

        /** Puts a row, for so long. */
        static Change put(TableRow row, Duration ttl) {
            return new Put(row, Optional.of(ttl));
        }

        /** Takes a row away. */
        static Change delete(TableKey key) {
            return new Delete(key);
        }
    }

    /**
     * A row to be put.
     *
     * @param ttl empty for the binding's
     */
    record Put(TableRow row, Optional<Duration> ttl) implements Change {}

    /** A row to be taken away. */
    record Delete(TableKey key) implements Change {}

    /** The row with this key. */
    Optional<TableRow> get(TableKey key);

    /**
     * Puts a row there, whatever was there before. It lives as long as the binding's {@code ttl} in
     * the manifest says, for ever without.
     *
     * @param row all key columns, and what is to be in the others
     */
    void put(TableRow row);

    /**
     * As {@link #put(TableRow)}, for so long.
     *
     * @param ttl from now on, 1 second to 3650 days; part of a second counts as one
     */
    void put(TableRow row, Duration ttl);

    /**
     * Puts a row there if none is there.
     *
     * @return whether there was none
     */
    boolean create(TableRow row);

    /** As {@link #create(TableRow)}, for so long. */
    boolean create(TableRow row, Duration ttl);

    /**
     * Puts a row in the place of one with the same key, if that is there and has the values that
     * are expected. The manifest declares columns besides the key.
     *
     * @param expected values of some columns, none of the key; empty if it only has to be there
     * @return whether it was so
     */
    boolean replace(TableRow row, TableRow expected);

    /** As {@link #replace(TableRow, TableRow)}, for so long. */
    boolean replace(TableRow row, TableRow expected, Duration ttl);

    /** Takes away the row, if it is there. */
    void delete(TableKey key);

    /**
     * Takes away the row, if it is there and has the values that are expected.
     *
     * @param expected values of some columns, none of the key; empty if it only has to be there
     * @return whether it was so
     */
    boolean delete(TableKey key, TableRow expected);

    /**
     * Makes changes in one partition: all of them or none, seen together.
     *
     * @param changes 1 to {@link #BATCH_MAX}, each of another row, all of one partition
     */
    void write(List<Change> changes);

    /** A page of the rows of one partition. */
    Page scan(TableScan scan);

    /**
     * Has Cassandra run a statement of its own language, in the keyspace of the table. What it does
     * is known to this table only as far as the database tells: no checks, no {@code ttl} of the
     * binding. The table has the name of the manifest, with {@code _} for each hyphen; columns have
     * theirs.
     *
     * @param statement with a question mark for each value
     * @param values of the classes of {@link ColumnType}; other classes as Cassandra's driver takes
     *     them
     * @return what it gives, {@link #CQL_ROWS_MAX} rows at most; none for what changes something,
     *     but for a row with the column {@code [applied]} where that depends on something
     * @throws UnsupportedOperationException when another provider is behind the table
     */
    List<TableRow> cql(String statement, Object... values);
}
