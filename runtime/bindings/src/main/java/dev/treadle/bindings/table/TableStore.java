package dev.treadle.bindings.table;

import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One table of one provider, as a binding knows it. Arguments fit the schema, and times to live are
 * whole seconds; failures are {@link dev.treadle.bindings.StoreFailure}s. What each method means
 * stands in {@link Table}. Safe for threads.
 */
public interface TableStore {
    Optional<TableRow> get(TableKey key);

    void put(TableRow row, Optional<Duration> ttl);

    boolean create(TableRow row, Optional<Duration> ttl);

    boolean replace(TableRow row, TableRow expected, Optional<Duration> ttl);

    void delete(TableKey key);

    boolean delete(TableKey key, TableRow expected);

    /** Each change has the time to live that it is to have. */
    void write(List<Table.Change> changes);

    Found scan(Range range);

    List<TableRow> cql(String statement, List<Object> values);

    /**
     * Which rows of a partition.
     *
     * @param partition its values
     * @param isBackward from the upper end to the lower
     * @param limit how many at most
     */
    record Range(
            TableKey partition,
            Optional<TableScan.Bound> lower,
            Optional<TableScan.Bound> upper,
            boolean isBackward,
            int limit) {}

    /**
     * Some rows of a range.
     *
     * @param rows in the range's direction
     * @param end the clustering values up to which has been looked; empty when there is no more
     */
    record Found(List<TableRow> rows, Optional<TableKey> end) {}
}
