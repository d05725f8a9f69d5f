package dev.treadle.bindings.table.cassandra;

import dev.treadle.ColumnType;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import dev.treadle.bindings.table.TableStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements of one table. All names are in quotes: the manifest's columns may be called what
 * CQL has other uses for.
 *
 * @param table with its keyspace
 */
record CqlTexts(String table, TableSchema schema) {
    static CqlTexts of(String keyspace, String table, TableSchema schema) {
        return new CqlTexts("\"%s\".\"%s\"".formatted(keyspace, name(table)), schema);
    }

    /** What a table is called there. */
    static String name(String table) {
        return table.replace('-', '_');
    }

    String createTable() {
        List<String> columns = new ArrayList<>();
        all().forEach((name, type) -> columns.add(column(name, type)));
        String key = "(" + quoted(schema.partition().keySet()) + ")";
        if (!schema.clustering().isEmpty()) {
            key += ", " + quoted(schema.clustering().keySet());
        }
        return "CREATE TABLE IF NOT EXISTS %s (%s, PRIMARY KEY (%s))"
                .formatted(table, String.join(", ", columns), key);
    }

    String addColumns(Map<String, ColumnType> missing) {
        return "ALTER TABLE %s ADD (%s)"
                .formatted(
                        table,
                        missing.entrySet().stream()
                                .map(each -> column(each.getKey(), each.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    /** The key's columns and then the others. */
    Map<String, ColumnType> all() {
        Map<String, ColumnType> all = schema.key();
        all.putAll(schema.columns());
        return all;
    }

    String insert(boolean ifAbsent) {
        Collection<String> names = all().keySet();
        return "INSERT INTO %s (%s) VALUES (%s)%s USING TTL ?"
                .formatted(
                        table,
                        quoted(names),
                        names.stream().map(_ -> "?").collect(Collectors.joining(", ")),
                        ifAbsent ? " IF NOT EXISTS" : "");
    }

    /** Sets the first column; the rest comes with an insert beside it. */
    String updateIf(Collection<String> expected) {
        String first = schema.columns().keySet().iterator().next();
        return "UPDATE %s USING TTL ? SET \"%s\" = ? WHERE %s IF %s"
                .formatted(table, first, equal(schema.key().keySet()), condition(expected));
    }

    String delete() {
        return "DELETE FROM %s WHERE %s".formatted(table, equal(schema.key().keySet()));
    }

    String deleteIf(Collection<String> expected) {
        return delete() + " IF " + condition(expected);
    }

    String select() {
        return selectWhere(schema.key().keySet());
    }

    String scan(TableStore.Range range) {
        StringBuilder text = new StringBuilder(selectWhere(schema.partition().keySet()));
        range.lower().ifPresent(bound -> text.append(bound(bound, ">")));
        range.upper().ifPresent(bound -> text.append(bound(bound, "<")));
        Optional<String> first = schema.clustering().keySet().stream().findFirst();
        first.ifPresent(
                name ->
                        text.append(" ORDER BY \"%s\" ".formatted(name))
                                .append(range.isBackward() ? "DESC" : "ASC"));
        return text.append(" LIMIT ?").toString();
    }

    private String bound(TableScan.Bound bound, String sign) {
        int size = bound.values().values().size();
        List<String> names = List.copyOf(schema.clustering().keySet()).subList(0, size);
        return " AND (%s) %s%s (%s)"
                .formatted(
                        quoted(names),
                        sign,
                        bound.isInclusive() ? "=" : "",
                        names.stream().map(_ -> "?").collect(Collectors.joining(", ")));
    }

    private String selectWhere(Collection<String> names) {
        return "SELECT %s FROM %s WHERE %s".formatted(quoted(all().keySet()), table, equal(names));
    }

    private static String condition(Collection<String> expected) {
        return expected.isEmpty() ? "EXISTS" : equal(expected);
    }

    private static String equal(Collection<String> names) {
        return names.stream().map("\"%s\" = ?"::formatted).collect(Collectors.joining(" AND "));
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
    }

    private static String column(String name, ColumnType type) {
        return "\"%s\" %s".formatted(name, CqlTypes.of(type).asCql(false, false));
    }
}
