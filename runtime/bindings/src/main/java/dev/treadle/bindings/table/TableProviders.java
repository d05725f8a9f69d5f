package dev.treadle.bindings.table;

import dev.treadle.bindings.rocks.RocksHome;
import java.time.InstantSource;

/**
 * Makes providers of tables.
 *
 * @param home the node's own RocksDB for tables
 */
public record TableProviders(RocksHome home, InstantSource clock) {
    public TableProvider provider(TableSettings settings) {
        return switch (settings.source()) {
            case TableSettings.RocksDb(boolean fsync) -> new RocksTableProvider(home, fsync, clock);
        };
    }
}
