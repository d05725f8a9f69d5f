package dev.treadle.bindings.table.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import dev.treadle.TableSchema;
import dev.treadle.bindings.table.TableMisfit;
import dev.treadle.bindings.table.TableProvider;
import dev.treadle.bindings.table.TableStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tables in a Cassandra. */
public final class CassandraTableProvider implements TableProvider {
    /** How many replicas answer may be said by these words. */
    public static final List<String> CONSISTENCIES =
            List.of("one", "quorum", "all", "local-one", "local-quorum");

    /** What holds when nothing is said. */
    public static final String CONSISTENCY = "local-quorum";

    private final CassandraHome home;
    private final CassandraSchemas schemas;
    private final CassandraTable.Consistency consistency;
    private final Duration timeout;

    /**
     * @param home stays the caller's to close
     * @param consistency one of {@link #CONSISTENCIES}
     * @param timeout of each request
     */
    public CassandraTableProvider(CassandraHome home, String consistency, Duration timeout) {
        this.home = home;
        this.schemas = new CassandraSchemas(home);
        this.consistency = consistency(consistency);
        this.timeout = timeout;
    }

    private static CassandraTable.Consistency consistency(String word) {
        return new CassandraTable.Consistency(
                DefaultConsistencyLevel.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')),
                word.startsWith("local-")
                        ? DefaultConsistencyLevel.LOCAL_SERIAL
                        : DefaultConsistencyLevel.SERIAL);
    }

    @Override
    public String name() {
        return "cassandra";
    }

    @Override
    public String text() {
        return home.text();
    }

    @Override
    public TableStore store(String table, TableSchema schema) {
        return new CassandraTable(home, schemas, table, schema, consistency, timeout);
    }

    @Override
    public List<TableMisfit> check(String table, TableSchema schema, boolean make) {
        return schemas.check(table, schema, make);
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {}
}
