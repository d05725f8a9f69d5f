package dev.treadle.bindings.table;

import dev.treadle.Table;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import dev.treadle.bindings.rocks.RocksFolder;
import dev.treadle.bindings.rocks.RocksHome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A table in the node's own RocksDB. All rows of a partition are changed under one lock. */
final class RocksTable implements TableStore {
    /** More records than that are not looked at for one page, ended ones included. */
    private static final int LOOKED_AT_MAX = 20_000;

    /** A page has no more rows when those that it has are as large as that. */
    private static final int PAGE_BYTES_MAX = 8 << 20;

    private final RocksHome home;
    private final RocksSchemas schemas;
    private final String table;
    private final TableSchema schema;
    private final TableKeys keys;
    private final boolean fsync;
    private final InstantSource clock;
    private volatile @Nullable RowBytes rows;

    RocksTable(
            RocksHome home,
            RocksSchemas schemas,
            String table,
            TableSchema schema,
            boolean fsync,
            InstantSource clock) {
        this.home = home;
        this.schemas = schemas;
        this.table = table;
        this.schema = schema;
        this.keys = new TableKeys(table, schema);
        this.fsync = fsync;
        this.clock = clock;
    }

    @Override
    public Optional<TableRow> get(TableKey key) {
        RowBytes rows = rows();
        return Optional.ofNullable(live(home.folder().get(keys.full(key))))
                .map(record -> rows.read(key, record));
    }

    @Override
    public void put(TableRow row, Optional<Duration> ttl) {
        RowBytes rows = rows();
        RocksFolder folder = home.folder();
        byte[] full = keys.full(schema.keyOf(row));
        synchronized (folder.lock(full)) {
            folder.put(full, record(rows, folder, full, row, ttl), fsync);
        }
    }

    @Override
    public boolean create(TableRow row, Optional<Duration> ttl) {
        RowBytes rows = rows();
        RocksFolder folder = home.folder();
        byte[] full = keys.full(schema.keyOf(row));
        synchronized (folder.lock(full)) {
            boolean free = live(folder.get(full)) == null;
            if (free) {
                folder.put(full, rows.write(row, end(ttl), null), fsync);
            }
            return free;
        }
    }

    @Override
    public boolean replace(TableRow row, TableRow expected, Optional<Duration> ttl) {
        RowBytes rows = rows();
        RocksFolder folder = home.folder();
        TableKey key = schema.keyOf(row);
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            boolean is = is(rows, key, folder.get(full), expected);
            if (is) {
                folder.put(full, record(rows, folder, full, row, ttl), fsync);
            }
            return is;
        }
    }

    @Override
    public void delete(TableKey key) {
        rows();
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            folder.delete(full, fsync);
        }
    }

    @Override
    public boolean delete(TableKey key, TableRow expected) {
        RowBytes rows = rows();
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            boolean is = is(rows, key, folder.get(full), expected);
            if (is) {
                folder.delete(full, fsync);
            }
            return is;
        }
    }

    @Override
    public void write(List<Table.Change> changes) {
        RowBytes rows = rows();
        RocksFolder folder = home.folder();
        synchronized (folder.lock(full(changes.getFirst()))) {
            List<RocksFolder.Change> all = new ArrayList<>();
            for (Table.Change change : changes) {
                byte[] full = full(change);
                all.add(
                        switch (change) {
                            case Table.Put(TableRow row, var ttl) ->
                                    new RocksFolder.Change(
                                            full, record(rows, folder, full, row, ttl));
                            case Table.Delete _ -> new RocksFolder.Change(full, null);
                        });
            }
            folder.write(all, fsync);
        }
    }

    private byte[] full(Table.Change change) {
        return keys.full(
                switch (change) {
                    case Table.Put(TableRow row, _) -> schema.keyOf(row);
                    case Table.Delete(TableKey key) -> key;
                });
    }

    @Override
    public Found scan(Range range) {
        byte[] begin = keys.begin(range.partition(), range.lower());
        byte[] end = keys.end(range.partition(), range.upper());
        RowBytes rows = rows();
        if (Arrays.compareUnsigned(begin, end) >= 0) {
            return new Found(List.of(), Optional.empty());
        }
        RocksFolder folder = home.folder();
        try (Slice first = new Slice(begin);
                Slice after = new Slice(end);
                ReadOptions reads = new ReadOptions();
                ReadOptions bounded =
                        reads.setIterateLowerBound(first).setIterateUpperBound(after);
                RocksIterator all = folder.iterate(bounded)) {
            if (range.isBackward()) {
                all.seekToLast();
            } else {
                all.seekToFirst();
            }
            Found found = read(all, range, rows);
            folder.check(all);
            return found;
        }
    }

    private Found read(RocksIterator all, Range range, RowBytes rows) {
        List<TableRow> found = new ArrayList<>();
        TableKey last = range.partition();
        int bytes = 0;
        for (int looked = 0; all.isValid(); looked++) {
            if (found.size() == range.limit()
                    || bytes > PAGE_BYTES_MAX
                    || looked == LOOKED_AT_MAX) {
                return new Found(found, Optional.of(last));
            }
            last = keys.clustering(all.key());
            byte[] record = live(all.value());
            if (record != null) {
                bytes += record.length;
                found.add(rows.read(TableKeys.whole(range.partition(), last), record));
            }
            if (range.isBackward()) {
                all.prev();
            } else {
                all.next();
            }
        }
        return new Found(found, Optional.empty());
    }

    @Override
    public List<TableRow> cql(String statement, List<Object> values) {
        throw new UnsupportedOperationException(
                "CQL is for tables that are kept in Cassandra; this one is in RocksDB");
    }

    /** What the table's columns are now; others may have added some. */
    private RowBytes rows() {
        RowBytes last = rows;
        if (last != null && last.stored() == schemas.known(table)) {
            return last;
        }
        RowBytes fresh = new RowBytes(schemas.require(table, schema), schema);
        rows = fresh;
        return fresh;
    }

    /** Only what others know of the row makes it necessary to read it first. */
    private byte[] record(
            RowBytes rows, RocksFolder folder, byte[] full, TableRow row, Optional<Duration> ttl) {
        byte[] before = rows.hasUnknown() ? live(folder.get(full)) : null;
        return rows.write(row, end(ttl), before);
    }

    private boolean is(RowBytes rows, TableKey key, byte @Nullable [] record, TableRow expected) {
        byte[] live = live(record);
        return live != null && rows.read(key, live).hasAll(expected);
    }

    /** Milliseconds since 1970; zero for never. */
    private long end(Optional<Duration> ttl) {
        return ttl.isEmpty() ? 0 : clock.millis() + ttl.get().toMillis();
    }

    private byte @Nullable [] live(byte @Nullable [] record) {
        return RocksFolder.live(record, clock);
    }
}
