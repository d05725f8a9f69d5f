package dev.treadle.bindings.table.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import dev.treadle.bindings.table.TableMisfit;
import dev.treadle.bindings.table.TableStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A table in Cassandra. What compares is a lightweight transaction; changes that are written
 * together are an unlogged batch, which in one partition is one mutation.
 */
final class CassandraTable implements TableStore {
    /** How many rows the server sends at a time. */
    private static final int FETCHED_AT_ONCE = 100;

    /** A page has no more rows when those that it has are as large as that. */
    private static final int PAGE_BYTES_MAX = 8 << 20;

    private final CassandraHome home;
    private final CassandraSchemas schemas;
    private final String table;
    private final TableSchema schema;
    private final CqlTexts texts;
    private final Consistency consistency;
    private final Duration timeout;
    private final Map<String, ColumnType> columns;
    private final String select;
    private final String insert;
    private final String create;
    private final String delete;
    private final Map<Shape, String> scans = new ConcurrentHashMap<>();
    private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    /** Whether the table was found to be as it is declared. */
    private volatile boolean isReady;

    CassandraTable(
            CassandraHome home,
            CassandraSchemas schemas,
            String table,
            TableSchema schema,
            Consistency consistency,
            Duration timeout) {
        this.home = home;
        this.schemas = schemas;
        this.table = table;
        this.schema = schema;
        this.texts = CqlTexts.of(home.keyspace(), table, schema);
        this.columns = texts.all();
        this.select = texts.select();
        this.insert = texts.insert(false);
        this.create = texts.insert(true);
        this.delete = texts.delete();
        this.consistency = consistency;
        this.timeout = timeout;
    }

    @Override
    public Optional<TableRow> get(TableKey key) {
        Row row = run(repeatable(bound(select, key.values()))).one();
        return Optional.ofNullable(row).map(this::read);
    }

    @Override
    public void put(TableRow row, Optional<Duration> ttl) {
        run(repeatable(insert(row, ttl, false)));
    }

    @Override
    public boolean create(TableRow row, Optional<Duration> ttl) {
        return run(once(insert(row, ttl, true))).wasApplied();
    }

    /** The update holds the condition; the insert gives the row a life of its own. */
    @Override
    public boolean replace(TableRow row, TableRow expected, Optional<Duration> ttl) {
        String first = schema.columns().keySet().iterator().next();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(seconds(ttl));
        values.add(row.values().get(first));
        values.addAll(schema.keyOf(row).values());
        values.addAll(expected.values().values());
        BatchStatement both =
                BatchStatement.newInstance(
                        BatchType.UNLOGGED,
                        bound(texts.updateIf(expected.values().keySet()), values),
                        insert(row, ttl, false));
        return run(once(both)).wasApplied();
    }

    @Override
    public void delete(TableKey key) {
        run(repeatable(bound(delete, key.values())));
    }

    @Override
    public boolean delete(TableKey key, TableRow expected) {
        List<Object> values = new ArrayList<>(key.values());
        values.addAll(expected.values().values());
        return run(once(bound(texts.deleteIf(expected.values().keySet()), values))).wasApplied();
    }

    @Override
    public void write(List<Table.Change> changes) {
        List<BoundStatement> all = new ArrayList<>();
        for (Table.Change change : changes) {
            all.add(
                    switch (change) {
                        case Table.Put(TableRow row, var ttl) -> insert(row, ttl, false);
                        case Table.Delete(TableKey key) -> bound(delete, key.values());
                    });
        }
        run(repeatable(BatchStatement.newInstance(BatchType.UNLOGGED).addAll(all)));
    }

    @Override
    public Found scan(Range range) {
        List<Object> values = new ArrayList<>(range.partition().values());
        range.lower().ifPresent(bound -> values.addAll(bound.values().values()));
        range.upper().ifPresent(bound -> values.addAll(bound.values().values()));
        values.add(range.limit() + 1);
        BoundStatement scan =
                bound(scans.computeIfAbsent(Shape.of(range), _ -> texts.scan(range)), values)
                        .setPageSize(Math.min(FETCHED_AT_ONCE, range.limit() + 1));
        AsyncResultSet page = run(repeatable(scan));
        List<TableRow> rows = new ArrayList<>();
        long bytes = 0;
        while (true) {
            for (Row row : page.currentPage()) {
                if (rows.size() == range.limit() || bytes > PAGE_BYTES_MAX) {
                    return new Found(rows, Optional.of(clustering(rows.getLast())));
                }
                rows.add(read(row));
                bytes += size(row);
            }
            if (!page.hasMorePages()) {
                return new Found(rows, Optional.empty());
            }
            AsyncResultSet before = page;
            page = home.call(_ -> before.fetchNextPage());
        }
    }

    @Override
    public List<TableRow> cql(String statement, List<Object> values) {
        require();
        return new RawCql(home, consistency, timeout).run(statement, values);
    }

    private BoundStatement insert(TableRow row, Optional<Duration> ttl, boolean ifAbsent) {
        List<@Nullable Object> values = new ArrayList<>();
        columns.keySet().forEach(name -> values.add(row.values().get(name)));
        values.add(seconds(ttl));
        return bound(ifAbsent ? create : insert, values);
    }

    /** Zero for a row that does not end. */
    private static int seconds(Optional<Duration> ttl) {
        return ttl.map(Duration::toSeconds).map(Math::toIntExact).orElse(0);
    }

    private BoundStatement bound(String text, List<? extends @Nullable Object> values) {
        require();
        PreparedStatement statement = prepared.get(text);
        if (statement == null) {
            statement = home.call(session -> session.prepareAsync(text));
            prepared.put(text, statement);
        }
        return statement.bind(
                values.stream()
                        .map(value -> value == null ? null : CqlTypes.given(value))
                        .toArray());
    }

    /** Done twice it is as done once, so the driver may try another node. */
    private <S extends Statement<S>> S repeatable(Statement<S> statement) {
        return once(statement).setIdempotent(true);
    }

    private <S extends Statement<S>> S once(Statement<S> statement) {
        return statement
                .setConsistencyLevel(consistency.level())
                .setSerialConsistencyLevel(consistency.serial())
                .setTimeout(timeout);
    }

    private AsyncResultSet run(Statement<?> statement) {
        return home.call(session -> session.executeAsync(statement));
    }

    private void require() {
        if (isReady) {
            return;
        }
        if (!schemas.isKnown(table, schema)) {
            List<TableMisfit> misfits = schemas.check(table, schema, true);
            if (!misfits.isEmpty()) {
                throw TableMisfit.failure(table, misfits);
            }
        }
        isReady = true;
    }

    private TableRow read(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        int column = 0;
        for (Map.Entry<String, ColumnType> each : columns.entrySet()) {
            Object value = CqlTypes.read(row, column++, each.getValue());
            if (value != null) {
                values.put(each.getKey(), value);
            }
        }
        return new TableRow(values);
    }

    private TableKey clustering(TableRow row) {
        List<Object> key = schema.keyOf(row).values();
        return new TableKey(key.subList(schema.partition().size(), key.size()));
    }

    private static long size(Row row) {
        long bytes = 0;
        for (int i = 0; i < row.size(); i++) {
            var value = row.getBytesUnsafe(i);
            bytes += value == null ? 0 : value.remaining();
        }
        return bytes;
    }

    /**
     * What the text of a scan depends on.
     *
     * @param lower how many values the bound has, less than zero for those that are exclusive
     */
    private record Shape(int lower, int upper, boolean isBackward) {
        static Shape of(Range range) {
            return new Shape(size(range.lower()), size(range.upper()), range.isBackward());
        }

        private static int size(Optional<TableScan.Bound> bound) {
            int size = bound.map(each -> each.values().values().size()).orElse(0);
            return bound.isPresent() && !bound.get().isInclusive() ? -size : size;
        }
    }

    /** How many replicas answer, and which agree on what compares. */
    record Consistency(ConsistencyLevel level, ConsistencyLevel serial) {}
}
