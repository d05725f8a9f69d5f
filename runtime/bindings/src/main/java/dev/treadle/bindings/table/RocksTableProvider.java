package dev.treadle.bindings.table;

import dev.treadle.TableSchema;
import dev.treadle.bindings.rocks.RocksHome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The embedded provider: tables in the node's own RocksDB. */
public final class RocksTableProvider implements TableProvider {
    private final RocksHome home;
    private final RocksSchemas schemas;
    private final boolean fsync;
    private final InstantSource clock;

    /**
     * @param home made by {@link #home}; stays the caller's to close
     * @param fsync whether a write is on the disk before it is done
     */
    public RocksTableProvider(RocksHome home, boolean fsync, InstantSource clock) {
        this.home = home;
        this.schemas = new RocksSchemas(home);
        this.fsync = fsync;
        this.clock = clock;
    }

    /** A RocksDB for tables in this folder. */
    public static RocksHome home(Path folder, InstantSource clock) {
        return new RocksHome(folder, clock, TableKeys::partitionOf);
    }

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public String text() {
        return "rocksdb in " + home.path();
    }

    @Override
    public TableStore store(String table, TableSchema schema) {
        return new RocksTable(home, schemas, table, schema, fsync, clock);
    }

    @Override
    public List<TableMisfit> check(String table, TableSchema schema, boolean make) {
        List<TableMisfit> misfits =
                schemas.find(table)
                        .map(there -> TableMisfit.between(schema, there.schema()))
                        .orElse(List.of());
        if (misfits.isEmpty() && make) {
            schemas.require(table, schema);
        }
        return misfits;
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {}
}
