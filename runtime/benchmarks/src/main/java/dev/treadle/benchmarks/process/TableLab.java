package dev.treadle.benchmarks.process;

import dev.treadle.ColumnType;
import dev.treadle.Table;
import dev.treadle.TableSchema;
import dev.treadle.bindings.BindingMeter;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.Guard;
import dev.treadle.bindings.Turnstile;
import dev.treadle.bindings.table.BoundTable;
import dev.treadle.bindings.table.TableProvider;
import dev.treadle.bindings.table.TableProviders;
import dev.treadle.bindings.table.TableSettings;
import dev.treadle.bindings.table.TableStore;
import dev.treadle.bindings.table.cassandra.CassandraSettings;
import dev.treadle.testkit.TestCall;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table as calls of functions have it, without a node. */
public final class TableLab implements AutoCloseable {
    /** Of the Cassandra, for the control as well. */
    public static final String KEYSPACE = "bench";

    private static final TableSchema SCHEMA =
            TableSchema.empty()
                    .partition("id", ColumnType.TEXT)
                    .clustering("line", ColumnType.INT)
                    .column("value", ColumnType.BYTES);

    private final TableProviders providers;
    private final TableProvider provider;
    private final TableStore store;
    private final Turnstile turnstile = new Turnstile(128, 1000);
    private final BindingMeter meter = new BindingMeter();

    private TableLab(Path folder, TableSettings.Source source) {
        this.providers = new TableProviders(folder, InstantSource.system());
        this.provider = providers.provider(new TableSettings(Capacity.DEFAULT, source));
        this.store = provider.store("bench", SCHEMA);
    }

    /** In a RocksDB in this folder. */
    public static TableLab embedded(Path folder) {
        return new TableLab(folder, new TableSettings.RocksDb(false));
    }

    /** In the Cassandra at this port. */
    public static TableLab cassandra(Path folder, int port) {
        CassandraSettings server =
                new CassandraSettings(
                        List.of(new CassandraSettings.Address("127.0.0.1", port)),
                        "datacenter1",
                        KEYSPACE,
                        Map.of("datacenter1", 1),
                        Optional.empty(),
                        CassandraSettings.Login.NONE);
        return new TableLab(folder, new TableSettings.Cassandra(server, "local-quorum"));
    }

    /** What {@code context.table} gives to one call. */
    public Table table() {
        Guard guard =
                new Guard(
                        "rows",
                        provider,
                        turnstile,
                        meter,
                        TestCall.PATIENT,
                        Capacity.DEFAULT.timeout());
        return new BoundTable(store, guard, SCHEMA, Optional.empty());
    }

    @Override
    public void close() {
        provider.close();
        providers.close();
    }
}
