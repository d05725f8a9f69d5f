package dev.treadle.bindings.table;

import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A table as a dry run sees it: reads find what the run itself has written, and what is really
 * there beneath; writes are told instead of done. What the run has written does not end before the
 * run does.
 */
public final class DryTable implements TableStore {
    private final TableStore real;
    private final TableSchema schema;
    private final TableKeys keys;
    private final Written written;
    private final Consumer<String> told;

    /**
     * @param told takes what would have been written, for people
     */
    public DryTable(TableStore real, TableSchema schema, Written written, Consumer<String> told) {
        this.real = real;
        this.schema = schema;
        this.keys = new TableKeys("any", schema);
        this.written = written;
        this.told = told;
    }

    /** What one dry run has written to a table; nothing stands for a row that was deleted. */
    public static final class Written {
        private final NavigableMap<byte[], Optional<TableRow>> rows =
                new TreeMap<>(Arrays::compareUnsigned);
    }

    @Override
    public Optional<TableRow> get(TableKey key) {
        synchronized (written) {
            Optional<TableRow> own = written.rows.get(keys.full(key));
            return own == null ? real.get(key) : own;
        }
    }

    @Override
    public void put(TableRow row, Optional<Duration> ttl) {
        synchronized (written) {
            told.accept("put " + row);
            written.rows.put(keys.full(schema.keyOf(row)), Optional.of(row));
        }
    }

    @Override
    public boolean create(TableRow row, Optional<Duration> ttl) {
        synchronized (written) {
            boolean free = get(schema.keyOf(row)).isEmpty();
            if (free) {
                put(row, ttl);
            }
            return free;
        }
    }

    @Override
    public boolean replace(TableRow row, TableRow expected, Optional<Duration> ttl) {
        synchronized (written) {
            boolean is = is(schema.keyOf(row), expected);
            if (is) {
                put(row, ttl);
            }
            return is;
        }
    }

    @Override
    public void delete(TableKey key) {
        synchronized (written) {
            told.accept("delete " + key);
            written.rows.put(keys.full(key), Optional.empty());
        }
    }

    @Override
    public boolean delete(TableKey key, TableRow expected) {
        synchronized (written) {
            boolean is = is(key, expected);
            if (is) {
                delete(key);
            }
            return is;
        }
    }

    private boolean is(TableKey key, TableRow expected) {
        return get(key).filter(row -> row.hasAll(expected)).isPresent();
    }

    @Override
    public void write(List<Table.Change> changes) {
        synchronized (written) {
            for (Table.Change change : changes) {
                switch (change) {
                    case Table.Put(TableRow row, var ttl) -> put(row, ttl);
                    case Table.Delete(TableKey key) -> delete(key);
                }
            }
        }
    }

    /** As many real rows more are read as the run may have taken away. */
    @Override
    public Found scan(Range range) {
        synchronized (written) {
            byte[] begin = keys.begin(range.partition(), range.lower());
            byte[] end = keys.end(range.partition(), range.upper());
            if (Arrays.compareUnsigned(begin, end) >= 0) {
                return new Found(List.of(), Optional.empty());
            }
            NavigableMap<byte[], Optional<TableRow>> own =
                    written.rows.subMap(begin, true, end, false);
            Found found =
                    real.scan(
                            new Range(
                                    range.partition(),
                                    range.lower(),
                                    range.upper(),
                                    range.isBackward(),
                                    range.limit() + own.size()));
            return joined(range, found, range.isBackward() ? own.descendingMap() : own);
        }
    }

    private Found joined(Range range, Found found, NavigableMap<byte[], Optional<TableRow>> own) {
        NavigableMap<byte[], Optional<TableRow>> all = new TreeMap<>(own.comparator());
        found.rows().forEach(row -> all.put(keys.full(schema.keyOf(row)), Optional.of(row)));
        NavigableMap<byte[], Optional<TableRow>> seen =
                found.end()
                        .map(last -> keys.full(TableKeys.whole(range.partition(), last)))
                        .map(last -> own.headMap(last, true))
                        .orElse(own);
        all.putAll(seen);
        List<TableRow> rows = new ArrayList<>();
        byte[] last = new byte[0];
        for (Map.Entry<byte[], Optional<TableRow>> each : all.entrySet()) {
            if (rows.size() == range.limit()) {
                return new Found(rows, Optional.of(keys.clustering(last)));
            }
            last = each.getKey();
            each.getValue().ifPresent(rows::add);
        }
        return new Found(rows, found.end());
    }

    /** What only reads is run. */
    @Override
    public List<TableRow> cql(String statement, List<Object> values) {
        if (statement.strip().toUpperCase(Locale.ROOT).startsWith("SELECT")) {
            return real.cql(statement, values);
        }
        synchronized (written) {
            told.accept("cql " + statement);
        }
        return List.of();
    }
}
