package dev.treadle.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The columns of a table: the partition's, those for clustering, and all others, each in the order
 * in which they were declared.
 */
public record TableColumns(
        Map<String, ColumnType> partition,
        Map<String, ColumnType> clustering,
        Map<String, ColumnType> columns) {
    /** What columns are called. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    public static final int KEY_COLUMNS_MAX = 8;
    public static final int COLUMNS_MAX = 100;

    public TableColumns {
        partition = Collections.unmodifiableMap(new LinkedHashMap<>(partition));
        clustering = Collections.unmodifiableMap(new LinkedHashMap<>(clustering));
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** A column that two declarations differ in. */
    public record Conflict(String path, String one, String other) {}

    /**
     * Why one table cannot have both these columns and others: its key is one, and a column of a
     * name has one type. A column that only one of them has is no conflict.
     */
    public List<Conflict> conflicts(TableColumns other) {
        List<Conflict> conflicts = new ArrayList<>();
        differing("key.partition", partition, other.partition).ifPresent(conflicts::add);
        differing("key.clustering", clustering, other.clustering).ifPresent(conflicts::add);
        columns.forEach(
                (name, type) -> {
                    Optional<String> place = other.place(name);
                    if (place.isPresent() && !place.get().equals(type.word())) {
                        conflicts.add(new Conflict("columns." + name, type.word(), place.get()));
                    }
                });
        return conflicts;
    }

    private static Optional<Conflict> differing(
            String path, Map<String, ColumnType> one, Map<String, ColumnType> other) {
        return List.copyOf(one.entrySet()).equals(List.copyOf(other.entrySet()))
                ? Optional.empty()
                : Optional.of(new Conflict(path, text(one), text(other)));
    }

    private Optional<String> place(String name) {
        if (partition.containsKey(name) || clustering.containsKey(name)) {
            return Optional.of("a column of the key");
        }
        return Optional.ofNullable(columns.get(name)).map(ColumnType::word);
    }

    /** As a manifest has it: {@code {customer: text, at: time}}. */
    public static String text(Map<String, ColumnType> columns) {
        return columns.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue().word())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
