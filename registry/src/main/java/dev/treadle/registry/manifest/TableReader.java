package dev.treadle.registry.manifest;

import dev.treadle.registry.BindingSpec;
import dev.treadle.registry.ColumnType;
import dev.treadle.registry.TableColumns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a binding of a table. */
final class TableReader {
    private static final String EXPECTED_TABLE =
            "a table's name: a-z, 0-9 and inner hyphens, 48 characters at most";
    private static final String EXPECTED_KEY =
            "a mapping such as {partition: {customer: text}, clustering: {placed: time}}";
    private static final String EXPECTED_COLUMNS =
            "a mapping of columns to types, such as {total: long}";
    private static final String EXPECTED_NAME =
            "a column's name: a-z, 0-9 and _, a letter first, 48 characters at most";

    private final Problems problems;
    private final List<String> later;
    private final Values values;

    /**
     * @param later keys of bindings that another version knows
     */
    TableReader(Problems problems, List<String> later) {
        this.problems = problems;
        this.later = later;
        this.values = new Values(problems);
    }

    Optional<BindingSpec> read(Mapping one) {
        one.checkKeys(List.of("table", "key", "columns", "ttl"), later);
        Optional<String> table =
                one.get("table")
                        .flatMap(at -> values.text(at, BindingSpec.Table.NAME, EXPECTED_TABLE));
        Optional<TableColumns> columns = columns(one);
        Optional<Duration> ttl =
                one.get("ttl")
                        .flatMap(
                                at ->
                                        values.duration(
                                                at,
                                                BindingSpec.Kv.TTL_MIN,
                                                BindingSpec.Kv.TTL_MAX));
        return table.flatMap(
                name -> columns.map(declared -> new BindingSpec.Table(name, declared, ttl)));
    }

    private Optional<TableColumns> columns(Mapping one) {
        Optional<Mapping> key =
                one.require("key", EXPECTED_KEY)
                        .flatMap(at -> Mapping.read(at, EXPECTED_KEY, problems));
        key.ifPresent(mapping -> mapping.checkKeys(List.of("partition", "clustering"), List.of()));
        Map<String, At> seen = new LinkedHashMap<>();
        Map<String, ColumnType> partition =
                key.flatMap(mapping -> mapping.require("partition", EXPECTED_COLUMNS))
                        .map(at -> keyColumns(at, 1, seen))
                        .orElse(Map.of());
        Map<String, ColumnType> clustering =
                key.flatMap(mapping -> mapping.get("clustering"))
                        .map(at -> keyColumns(at, 0, seen))
                        .orElse(Map.of());
        Map<String, ColumnType> others =
                one.get("columns")
                        .map(at -> columns(at, 0, TableColumns.COLUMNS_MAX, seen))
                        .orElse(Map.of());
        return partition.isEmpty()
                ? Optional.empty()
                : Optional.of(new TableColumns(partition, clustering, others));
    }

    private Map<String, ColumnType> keyColumns(At at, int least, Map<String, At> seen) {
        Map<String, ColumnType> columns = columns(at, least, TableColumns.KEY_COLUMNS_MAX, seen);
        columns.forEach(
                (name, type) -> {
                    if (type == ColumnType.DOUBLE) {
                        problems.error(
                                at,
                                "types for keys: text, int, long, boolean, time, uuid or bytes",
                                "`%s: double`".formatted(name),
                                Optional.empty());
                    }
                });
        return columns;
    }

    private Map<String, ColumnType> columns(At at, int least, int most, Map<String, At> seen) {
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        Optional<Mapping> mapping = Mapping.read(at, EXPECTED_COLUMNS, problems);
        if (mapping.isEmpty()) {
            return columns;
        }
        int size = mapping.get().values().size();
        if (size < least || size > most) {
            problems.error(
                    at,
                    "%d to %d columns".formatted(least, most),
                    size + " columns",
                    Optional.empty());
            return columns;
        }
        mapping.get()
                .values()
                .forEach(
                        (name, type) -> {
                            name(name, mapping.get().key(name), seen);
                            values.word(type, ColumnType.class)
                                    .ifPresent(word -> columns.put(name, word));
                        });
        return columns;
    }

    private void name(String name, At key, Map<String, At> seen) {
        if (!TableColumns.NAME.matcher(name).matches()) {
            problems.error(key, EXPECTED_NAME, At.quote(name), Optional.empty());
        }
        At before = seen.putIfAbsent(name, key);
        if (before != null) {
            problems.error(
                    key,
                    "each column once",
                    "`%s` again, after %s".formatted(name, before.path()),
                    Optional.empty());
        }
    }
}
