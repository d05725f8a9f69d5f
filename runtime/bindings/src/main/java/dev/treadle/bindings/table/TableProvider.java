package dev.treadle.bindings.table;

import dev.treadle.TableSchema;
import dev.treadle.bindings.Provider;
import java.util.List;

/** Where tables are. */
public interface TableProvider extends Provider {
    /**
     * The table of this name, as one binding knows it; opening it waits for nothing. It is made, or
     * gets the columns that are missing, when it is first used.
     */
    TableStore store(String table, TableSchema schema);

    /**
     * What the table has otherwise than the schema says. A column that is missing is none of it.
     *
     * @param make whether to make the table, and the columns that are missing, when all fits
     */
    List<TableMisfit> check(String table, TableSchema schema, boolean make);
}
