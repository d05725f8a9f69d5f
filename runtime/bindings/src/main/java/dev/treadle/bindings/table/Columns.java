package dev.treadle.bindings.table;

import dev.treadle.ColumnType;
import dev.treadle.TableSchema;
import dev.treadle.registry.TableColumns;
import java.util.LinkedHashMap;
import java.util.Map;

/** A manifest's columns as the author's API has them. */
public final class Columns {
    private Columns() {}

    public static TableSchema of(TableColumns columns) {
        return new TableSchema(
                types(columns.partition()), types(columns.clustering()), types(columns.columns()));
    }

    private static Map<String, ColumnType> types(
            Map<String, dev.treadle.registry.ColumnType> declared) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        declared.forEach((name, type) -> types.put(name, ColumnType.valueOf(type.name())));
        return types;
    }
}
