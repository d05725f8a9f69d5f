package dev.treadle.bindings.table;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.ColumnType;
import dev.treadle.TableSchema;
import dev.treadle.bindings.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a table has otherwise than a binding declares it.
 *
 * @param path in the binding: {@code columns.total}
 * @param declared what the binding says
 * @param there what the table has
 */
public record TableMisfit(String path, String declared, String there) {
    /** What a table with one schema has otherwise than another says. */
    public static List<TableMisfit> between(TableSchema declared, TableSchema there) {
        List<TableMisfit> misfits = new ArrayList<>();
        key("key.partition", declared.partition(), there.partition(), misfits);
        key("key.clustering", declared.clustering(), there.clustering(), misfits);
        declared.columns()
                .forEach(
                        (name, type) -> {
                            ColumnType real = there.columns().get(name);
                            if (there.key().containsKey(name)) {
                                misfits.add(
                                        new TableMisfit(
                                                "columns." + name,
                                                type.word(),
                                                "a column of the key"));
                            } else if (real != null && real != type) {
                                misfits.add(
                                        new TableMisfit(
                                                "columns." + name, type.word(), real.word()));
                            }
                        });
        return misfits;
    }

    private static void key(
            String path,
            Map<String, ColumnType> declared,
            Map<String, ColumnType> there,
            List<TableMisfit> misfits) {
        if (!List.copyOf(declared.entrySet()).equals(List.copyOf(there.entrySet()))) {
            misfits.add(new TableMisfit(path, text(declared), text(there)));
        }
    }

    private static String text(Map<String, ColumnType> columns) {
        return columns.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue().word())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** Why a table cannot be used as a binding declares it. */
    public static StoreFailure failure(String table, List<TableMisfit> misfits) {
        return new StoreFailure(
                Reason.FAILED,
                "the table %s is not as the manifest declares it: %s"
                        .formatted(
                                table,
                                misfits.stream()
                                        .map(TableMisfit::toString)
                                        .collect(Collectors.joining("; "))),
                null);
    }

    /** For people. */
    @Override
    public String toString() {
        return "%s is %s there, not %s".formatted(path, there, declared);
    }
}
