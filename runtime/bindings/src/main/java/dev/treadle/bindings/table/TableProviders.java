package dev.treadle.bindings.table;

import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.bindings.table.cassandra.CassandraHome;
import dev.treadle.bindings.table.cassandra.CassandraSettings;
import dev.treadle.bindings.table.cassandra.CassandraTableProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes providers of tables. Those that name the same Cassandra share their connections. For one
 * thread.
 */
public final class TableProviders implements AutoCloseable {
    private final RocksHome home;
    private final InstantSource clock;
    private final Map<CassandraSettings, CassandraHome> clusters = new HashMap<>();

    /**
     * @param folder of the node's own RocksDB for tables
     */
    public TableProviders(Path folder, InstantSource clock) {
        this.home = RocksTableProvider.home(folder, clock);
        this.clock = clock;
    }

    public TableProvider provider(TableSettings settings) {
        return switch (settings.source()) {
            case TableSettings.RocksDb(boolean fsync) -> new RocksTableProvider(home, fsync, clock);
            case TableSettings.Cassandra(CassandraSettings server, String consistency) ->
                    new CassandraTableProvider(
                            clusters.computeIfAbsent(server, CassandraHome::new),
                            consistency,
                            settings.capacity().timeout());
        };
    }

    /** To be called when no call runs any more. */
    @Override
    public void close() {
        home.close();
        clusters.values().forEach(CassandraHome::close);
    }
}
