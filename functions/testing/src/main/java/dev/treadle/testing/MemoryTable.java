package dev.treadle.testing;

import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table in memory, with the rules of a node's tables. Cursors are good for the object that gave
 * them. Safe for threads.
 *
 * <pre>{@code
 * MemoryTable orders = MemoryTable.of(
 *         TableSchema.empty()
 *                 .partition("customer", ColumnType.TEXT)
 *                 .clustering("placed", ColumnType.TIME)
 *                 .column("total", ColumnType.LONG));
 * }</pre>
 */
public final class MemoryTable implements Table {
    private final TableSchema schema;
    private final InstantSource clock;
    private final Optional<Duration> ttl;

    /** By partition, and by clustering values in there. Guarded by this. */
    private final Map<TableKey, NavigableMap<TableKey, Record>> partitions = new HashMap<>();

    /** What cursors stand for: the number in one is the place here. Guarded by this. */
    private final List<Place> places = new ArrayList<>();

    private record Record(TableRow row, Optional<Instant> end) {}

    private record Place(boolean isBack, boolean isInclusive, TableKey values) {}

    private MemoryTable(TableSchema schema, InstantSource clock, Optional<Duration> ttl) {
        if (schema.partition().isEmpty()) {
            throw new IllegalArgumentException("a table has a partition column at least");
        }
        this.schema = schema;
        this.clock = clock;
        this.ttl = ttl;
    }

    /** An empty one by the system's clock. */
    public static MemoryTable of(TableSchema schema) {
        return on(InstantSource.system(), schema);
    }

    /** An empty one whose rows end by this clock, e.g. a {@link VirtualClock}. */
    public static MemoryTable on(InstantSource clock, TableSchema schema) {
        return new MemoryTable(schema, clock, Optional.empty());
    }

    /**
     * An empty one by the same clock, with the {@code ttl} that a manifest's binding would have.
     */
    public MemoryTable ttl(Duration ttl) {
        return new MemoryTable(schema, clock, Optional.of(ttl));
    }

    @Override
    public synchronized Optional<TableRow> get(TableKey key) {
        return live(schema.fit(key)).map(Record::row);
    }

    @Override
    public void put(TableRow row) {
        put(row, ttl);
    }

    @Override
    public void put(TableRow row, Duration life) {
        put(row, Optional.of(life));
    }

    private synchronized void put(TableRow row, Optional<Duration> life) {
        TableRow fitted = schema.fit(row);
        Optional<Instant> end = TableSchema.fit(life).map(clock.instant()::plus);
        TableKey key = schema.keyOf(fitted);
        partitions
                .computeIfAbsent(partition(key), any -> new TreeMap<>(order()))
                .put(clustering(key), new Record(fitted, end));
    }

    @Override
    public boolean create(TableRow row) {
        return create(row, ttl);
    }

    @Override
    public boolean create(TableRow row, Duration life) {
        return create(row, Optional.of(life));
    }

    private synchronized boolean create(TableRow row, Optional<Duration> life) {
        boolean free = live(schema.keyOf(schema.fit(row))).isEmpty();
        if (free) {
            put(row, life);
        }
        return free;
    }

    @Override
    public boolean replace(TableRow row, TableRow expected) {
        return replace(row, expected, ttl);
    }

    @Override
    public boolean replace(TableRow row, TableRow expected, Duration life) {
        return replace(row, expected, Optional.of(life));
    }

    private synchronized boolean replace(TableRow row, TableRow expected, Optional<Duration> life) {
        if (schema.columns().isEmpty()) {
            throw new IllegalArgumentException("there are no columns besides the key");
        }
        boolean is = is(schema.keyOf(schema.fit(row)), expected);
        if (is) {
            put(row, life);
        }
        return is;
    }

    @Override
    public synchronized void delete(TableKey key) {
        TableKey fitted = schema.fit(key);
        rows(partition(fitted)).remove(clustering(fitted));
    }

    @Override
    public synchronized boolean delete(TableKey key, TableRow expected) {
        boolean is = is(schema.fit(key), expected);
        if (is) {
            delete(key);
        }
        return is;
    }

    @Override
    public synchronized void write(List<Change> changes) {
        for (Change change : schema.fit(changes, ttl)) {
            switch (change) {
                case Put(TableRow row, var life) -> put(row, life);
                case Delete(TableKey key) -> delete(key);
            }
        }
    }

    @Override
    public synchronized Page scan(TableScan scan) {
        TableScan fitted = schema.fit(scan);
        Optional<Place> from = fitted.cursor().map(this::place);
        boolean isBack = from.isPresent() && from.get().isBack();
        NavigableMap<TableKey, Record> rows = new TreeMap<>(rows(fitted.partition()));
        rows.keySet().removeIf(key -> !isWithin(fitted, key));
        List<TableKey> found = new ArrayList<>();
        NavigableMap<TableKey, Record> ordered =
                fitted.isBackward() == isBack ? rows : rows.descendingMap();
        for (TableKey key : ordered.keySet()) {
            if (from.isEmpty() || isBeyond(from.get(), key, ordered.comparator())) {
                found.add(key);
            }
        }
        boolean more = found.size() > fitted.limit();
        List<TableKey> page = found.subList(0, Math.min(found.size(), fitted.limit()));
        Optional<String> onward =
                more ? Optional.of(cursor(isBack, false, page.getLast())) : Optional.empty();
        Optional<String> whence =
                from.map(
                        place ->
                                page.isEmpty()
                                        ? cursor(!isBack, !place.isInclusive(), place.values())
                                        : cursor(!isBack, false, page.getFirst()));
        List<TableRow> result =
                (isBack ? page.reversed() : page)
                        .stream().map(key -> record(rows, key).row()).toList();
        return isBack ? new Page(result, whence, onward) : new Page(result, onward, whence);
    }

    private static Record record(NavigableMap<TableKey, Record> rows, TableKey key) {
        Record record = rows.get(key);
        if (record == null) {
            throw new IllegalStateException("no row " + key);
        }
        return record;
    }

    private static boolean isBeyond(Place place, TableKey key, Comparator<? super TableKey> order) {
        int compared = order.compare(key, place.values());
        return compared > 0 || (compared == 0 && place.isInclusive());
    }

    private Place place(String cursor) {
        try {
            return places.get(Integer.parseInt(cursor));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "'%s' is no cursor of a page of this table".formatted(cursor), e);
        }
    }

    private String cursor(boolean isBack, boolean isInclusive, TableKey values) {
        places.add(new Place(isBack, isInclusive, values));
        return Integer.toString(places.size() - 1);
    }

    private boolean isWithin(TableScan scan, TableKey key) {
        return scan.lower().map(bound -> isOnSide(key, bound, 1)).orElse(true)
                && scan.upper().map(bound -> isOnSide(key, bound, -1)).orElse(true)
                && live(whole(scan.partition(), key)).isPresent();
    }

    /**
     * @param side 1 for the rows after the bound, -1 for those before it
     */
    private boolean isOnSide(TableKey key, TableScan.Bound bound, int side) {
        TableKey first = new TableKey(key.values().subList(0, bound.values().values().size()));
        int compared = order().compare(first, bound.values());
        return compared == 0 ? bound.isInclusive() : Integer.signum(compared) == side;
    }

    private Comparator<TableKey> order() {
        List<ColumnType> types = List.copyOf(schema.clustering().values());
        return (a, b) -> {
            for (int i = 0; i < a.values().size(); i++) {
                int compared = types.get(i).compare(a.values().get(i), b.values().get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    /** Always refused, as by the embedded provider. */
    @Override
    public List<TableRow> cql(String statement, Object... values) {
        throw new UnsupportedOperationException(
                "CQL is for tables that are kept in Cassandra; this one is in memory");
    }

    private boolean is(TableKey key, TableRow expected) {
        TableRow fitted = schema.fitExpected(expected);
        return live(key).filter(record -> record.row().hasAll(fitted)).isPresent();
    }

    private Optional<Record> live(TableKey key) {
        Instant now = clock.instant();
        return Optional.ofNullable(rows(partition(key)).get(clustering(key)))
                .filter(record -> record.end().isEmpty() || record.end().get().isAfter(now));
    }

    private NavigableMap<TableKey, Record> rows(TableKey partition) {
        NavigableMap<TableKey, Record> rows = partitions.get(partition);
        return rows == null ? new TreeMap<>(order()) : rows;
    }

    private TableKey partition(TableKey key) {
        return new TableKey(key.values().subList(0, schema.partition().size()));
    }

    private TableKey clustering(TableKey key) {
        return new TableKey(key.values().subList(schema.partition().size(), key.values().size()));
    }

    private static TableKey whole(TableKey partition, TableKey clustering) {
        List<Object> values = new ArrayList<>(partition.values());
        values.addAll(clustering.values());
        return new TableKey(values);
    }
}
