package dev.treadle.bindings.table.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import dev.treadle.BindingFailed.Reason;
import dev.treadle.ColumnType;
import dev.treadle.TableSchema;
import dev.treadle.bindings.StoreFailure;
import dev.treadle.bindings.table.TableMisfit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Looks at the tables of a keyspace, makes them, and adds columns. Safe for threads. */
final class CassandraSchemas {
    private final CassandraHome home;

    /** One change of the schema at a time. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<Known> known = ConcurrentHashMap.newKeySet();

    private record Known(String table, TableSchema schema) {}

    CassandraSchemas(CassandraHome home) {
        this.home = home;
    }

    /** What a table has otherwise; makes what is missing when told to, and when nothing is. */
    List<TableMisfit> check(String table, TableSchema wanted, boolean make) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure(Reason.UNAVAILABLE, "interrupted while it waited", e);
        }
        try {
            return checkAlone(table, wanted, make);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the table was found, or made, to be so. */
    boolean isKnown(String table, TableSchema schema) {
        return known.contains(new Known(table, schema));
    }

    private List<TableMisfit> checkAlone(String table, TableSchema wanted, boolean make) {
        Optional<TableMetadata> there = look(table);
        List<TableMisfit> misfits = misfits(there, wanted);
        if (!make || !misfits.isEmpty()) {
            return misfits;
        }
        CqlTexts texts = CqlTexts.of(home.keyspace(), table, wanted);
        if (there.isEmpty()) {
            change(texts.createTable());
            there = look(table); // another node may have made it otherwise at the same time
            misfits = misfits(there, wanted);
        }
        Map<String, ColumnType> missing = missing(there, wanted);
        if (misfits.isEmpty() && !missing.isEmpty()) {
            change(texts.addColumns(missing));
        }
        if (misfits.isEmpty()) {
            known.add(new Known(table, wanted));
        }
        return misfits;
    }

    private void change(String statement) {
        SimpleStatement slow =
                SimpleStatement.newInstance(statement).setTimeout(CassandraConnector.CHANGING);
        home.call(session -> session.executeAsync(slow));
    }

    private Optional<TableMetadata> look(String table) {
        return home.look()
                .getKeyspace(CqlIdentifier.fromInternal(home.keyspace()))
                .flatMap(
                        keyspace ->
                                keyspace.getTable(
                                        CqlIdentifier.fromInternal(CqlTexts.name(table))));
    }

    private static Map<String, ColumnType> missing(
            Optional<TableMetadata> there, TableSchema wanted) {
        Map<String, ColumnType> missing = new LinkedHashMap<>();
        wanted.columns()
                .forEach(
                        (name, type) -> {
                            if (there.flatMap(table -> column(table, name)).isEmpty()) {
                                missing.put(name, type);
                            }
                        });
        return missing;
    }

    private static List<TableMisfit> misfits(Optional<TableMetadata> there, TableSchema wanted) {
        return there.map(table -> misfits(table, wanted)).orElse(List.of());
    }

    private static List<TableMisfit> misfits(TableMetadata there, TableSchema wanted) {
        List<TableMisfit> misfits = new ArrayList<>();
        key("key.partition", wanted.partition(), there.getPartitionKey(), misfits);
        key("key.clustering", wanted.clustering(), there.getClusteringColumns().keySet(), misfits);
        if (there.getClusteringColumns().values().stream().distinct().count() > 1) {
            misfits.add(new TableMisfit("key.clustering", "in one order", orders(there)));
        }
        wanted.columns()
                .forEach(
                        (name, type) ->
                                column(there, name)
                                        .flatMap(column -> misfit(there, column, type))
                                        .ifPresent(misfits::add));
        return misfits;
    }

    private static Optional<TableMisfit> misfit(
            TableMetadata table, ColumnMetadata column, ColumnType type) {
        boolean isKey = table.getPrimaryKey().contains(column);
        String there =
                isKey
                        ? "a column of the key"
                        : CqlTypes.word(column.getType()) + (column.isStatic() ? " static" : "");
        return there.equals(type.word())
                ? Optional.empty()
                : Optional.of(
                        new TableMisfit(
                                "columns." + column.getName().asInternal(), type.word(), there));
    }

    private static void key(
            String path,
            Map<String, ColumnType> wanted,
            Collection<ColumnMetadata> there,
            List<TableMisfit> misfits) {
        String declared =
                wanted.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue().word())
                        .collect(Collectors.joining(", ", "{", "}"));
        String found =
                there.stream()
                        .map(
                                each ->
                                        each.getName().asInternal()
                                                + ": "
                                                + CqlTypes.word(each.getType()))
                        .collect(Collectors.joining(", ", "{", "}"));
        if (!declared.equals(found)) {
            misfits.add(new TableMisfit(path, declared, found));
        }
    }

    private static String orders(TableMetadata table) {
        return table.getClusteringColumns().entrySet().stream()
                .map(each -> each.getKey().getName().asInternal() + " " + order(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String order(ClusteringOrder order) {
        return order == ClusteringOrder.ASC ? "ascending" : "descending";
    }

    private static Optional<ColumnMetadata> column(TableMetadata table, String name) {
        return table.getColumn(CqlIdentifier.fromInternal(name));
    }
}
