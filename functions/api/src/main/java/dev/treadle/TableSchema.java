package dev.treadle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The columns of a {@link Table}, as a manifest declares them, and what fits them.
 *
 * @param partition the columns that say which rows are kept together, by name, in order; 1 to
 *     {@link #KEY_COLUMNS_MAX}
 * @param clustering the columns by which the rows of a partition are in order; {@link
 *     #KEY_COLUMNS_MAX} at most
 * @param columns all others, {@link #COLUMNS_MAX} at most
 */
public record TableSchema(
        Map<String, ColumnType> partition,
        Map<String, ColumnType> clustering,
        Map<String, ColumnType> columns) {
    /** How many columns the partition and the clustering may each have. */
    public static final int KEY_COLUMNS_MAX = 8;

    /** How many columns there may be besides the key. */
    public static final int COLUMNS_MAX = 100;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Duration TTL_MIN = Duration.ofSeconds(1);
    private static final Duration TTL_MAX = Duration.ofDays(3650);

    public TableSchema {
        partition = Collections.unmodifiableMap(new LinkedHashMap<>(partition));
        clustering = Collections.unmodifiableMap(new LinkedHashMap<>(clustering));
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        require(partition.size() <= KEY_COLUMNS_MAX, "more than 8 partition columns");
        require(clustering.size() <= KEY_COLUMNS_MAX, "more than 8 clustering columns");
        require(columns.size() <= COLUMNS_MAX, "more than 100 columns");
        Set<String> names = new HashSet<>();
        for (Map<String, ColumnType> part : List.of(partition, clustering, columns)) {
            for (String name : part.keySet()) {
                require(
                        NAME.matcher(name).matches(),
                        "a column's name is a-z, 0-9 and _, a letter first, 48 characters at most, not '%s'",
                        name);
                require(names.add(name), "two columns '%s'", name);
            }
        }
        for (Map<String, ColumnType> part : List.of(partition, clustering)) {
            part.forEach(
                    (name, type) ->
                            require(type.isForKeys(), "no key has a %s: %s", type.word(), name));
        }
    }

    private static void require(boolean good, String otherwise, Object... values) {
        if (!good) {
            throw new IllegalArgumentException(otherwise.formatted(values));
        }
    }

    /** One without columns, to begin with. */
    public static TableSchema empty() {
        return new TableSchema(Map.of(), Map.of(), Map.of());
    }

    /** The same with a partition column more. */
    public TableSchema partition(String name, ColumnType type) {
        return new TableSchema(plus(partition, name, type), clustering, columns);
    }

    /** The same with a clustering column more. */
    public TableSchema clustering(String name, ColumnType type) {
        return new TableSchema(partition, plus(clustering, name, type), columns);
    }

    /** The same with another column more. */
    public TableSchema column(String name, ColumnType type) {
        return new TableSchema(partition, clustering, plus(columns, name, type));
    }

    private static Map<String, ColumnType> plus(
            Map<String, ColumnType> before, String name, ColumnType type) {
        require(!before.containsKey(name), "two columns '%s'", name);
        Map<String, ColumnType> more = new LinkedHashMap<>(before);
        more.put(name, type);
        return more;
    }

    /** The partition's columns and then those for clustering. */
    public Map<String, ColumnType> key() {
        Map<String, ColumnType> key = new LinkedHashMap<>(partition);
        key.putAll(clustering);
        return key;
    }

    /** The key of a row that fits. */
    public TableKey keyOf(TableRow row) {
        List<Object> values = new ArrayList<>(partition.size() + clustering.size());
        partition.keySet().forEach(name -> values.add(keyValue(row, name)));
        clustering.keySet().forEach(name -> values.add(keyValue(row, name)));
        return new TableKey(values);
    }

    private static Object keyValue(TableRow row, String name) {
        Object value = row.values().get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "a row has all key columns, and this one no '%s'".formatted(name));
        }
        return value;
    }

    private ColumnType keyType(String name) {
        ColumnType type = partition.get(name);
        type = type == null ? clustering.get(name) : type;
        if (type == null) {
            throw unknown(name);
        }
        return type;
    }

    /**
     * A row as it is kept.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    public TableRow fit(TableRow row) {
        TableRow kept = isKeptAsItIs(row) ? row : kept(row);
        int bytes = bytes(kept);
        require(
                bytes <= Table.ROW_BYTES_MAX,
                "a row has at most %d bytes, this one %d; larger values belong into blobs",
                Table.ROW_BYTES_MAX,
                bytes);
        requireKey(kept);
        return kept;
    }

    private boolean isKeptAsItIs(TableRow row) {
        for (Map.Entry<String, Object> each : row.values().entrySet()) {
            if (kept(each.getKey(), each.getValue()) != each.getValue()) {
                return false;
            }
        }
        return true;
    }

    private TableRow kept(TableRow row) {
        Map<String, Object> kept = new LinkedHashMap<>();
        row.values().forEach((name, value) -> kept.put(name, kept(name, value)));
        return new TableRow(kept);
    }

    private Object kept(String name, Object value) {
        ColumnType type = columns.get(name);
        return type == null ? keyValue(name, keyType(name), value) : value(name, type, value);
    }

    private void requireKey(TableRow row) {
        for (String name : partition.keySet()) {
            keyValue(row, name);
        }
        for (String name : clustering.keySet()) {
            keyValue(row, name);
        }
    }

    /**
     * Values that a row is expected to have, as they are kept.
     *
     * @throws IllegalArgumentException when they do not fit, or belong to the key
     */
    public TableRow fitExpected(TableRow expected) {
        Map<String, Object> fitted = new LinkedHashMap<>();
        expected.values()
                .forEach(
                        (name, value) -> {
                            require(
                                    !key().containsKey(name),
                                    "'%s' belongs to the key; expected are values of other columns"
                                            .formatted(name));
                            ColumnType type = columns.get(name);
                            if (type == null) {
                                throw unknown(name);
                            }
                            fitted.put(name, value(name, type, value));
                        });
        return new TableRow(fitted);
    }

    /**
     * A whole key as it is kept.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    public TableKey fit(TableKey key) {
        if (isKeptAsItIs(key)) {
            return key;
        }
        Map<String, ColumnType> all = key();
        TableKey fitted = fit(key, all, "key");
        if (fitted.values().size() != all.size()) {
            throw new IllegalArgumentException(
                    "the key is (%s), not %s".formatted(String.join(", ", all.keySet()), key));
        }
        return fitted;
    }

    private boolean isKeptAsItIs(TableKey key) {
        List<Object> values = key.values();
        int split = partition.size();
        return values.size() == split + clustering.size()
                && isKeptAsItIs(partition, values, 0)
                && isKeptAsItIs(clustering, values, split);
    }

    private static boolean isKeptAsItIs(
            Map<String, ColumnType> declared, List<Object> values, int begin) {
        int at = begin;
        for (Map.Entry<String, ColumnType> each : declared.entrySet()) {
            Object value = values.get(at++);
            if (keyValue(each.getKey(), each.getValue(), value) != value) {
                return false;
            }
        }
        return true;
    }

    /**
     * A scan with its values as they are kept.
     *
     * @throws IllegalArgumentException when they do not fit
     */
    public TableScan fit(TableScan scan) {
        TableKey values = fit(scan.partition(), partition, "partition");
        if (values.values().size() != partition.size()) {
            throw new IllegalArgumentException(
                    "the partition is (%s), not %s"
                            .formatted(String.join(", ", partition.keySet()), values));
        }
        return new TableScan(
                values,
                scan.lower().map(this::fit),
                scan.upper().map(this::fit),
                scan.isBackward(),
                scan.limit(),
                scan.cursor());
    }

    private TableScan.Bound fit(TableScan.Bound bound) {
        require(!bound.values().values().isEmpty(), "a bound has a value at least");
        return new TableScan.Bound(
                fit(bound.values(), clustering, "clustering"), bound.isInclusive());
    }

    private static TableKey fit(TableKey values, Map<String, ColumnType> declared, String part) {
        List<String> names = List.copyOf(declared.keySet());
        if (values.values().size() > names.size()) {
            throw new IllegalArgumentException(
                    "the %s has the columns (%s), and %s more values than that"
                            .formatted(part, String.join(", ", names), values));
        }
        List<Object> fitted = new ArrayList<>();
        for (int i = 0; i < values.values().size(); i++) {
            String name = names.get(i);
            ColumnType type = declared.get(name);
            if (type == null) {
                throw new IllegalStateException(name);
            }
            fitted.add(keyValue(name, type, values.values().get(i)));
        }
        return new TableKey(fitted);
    }

    /**
     * Changes that are written at once, as they are kept: each put has the time to live that it is
     * to have.
     *
     * @param ttl of puts that have none
     * @throws IllegalArgumentException when they do not fit, or do not belong together
     */
    public List<Table.Change> fit(List<Table.Change> changes, Optional<Duration> ttl) {
        require(
                !changes.isEmpty() && changes.size() <= Table.BATCH_MAX,
                "1 to %d changes are written at once, not %d",
                Table.BATCH_MAX,
                changes.size());
        List<Table.Change> fitted = new ArrayList<>();
        Set<TableKey> keys = new LinkedHashSet<>();
        int bytes = 0;
        for (Table.Change change : changes) {
            Table.Change kept =
                    switch (change) {
                        case Table.Put put ->
                                new Table.Put(
                                        fit(put.row()),
                                        fit(put.ttl().isPresent() ? put.ttl() : ttl));
                        case Table.Delete delete -> new Table.Delete(fit(delete.key()));
                    };
            TableKey key =
                    switch (kept) {
                        case Table.Put put -> keyOf(put.row());
                        case Table.Delete delete -> delete.key();
                    };
            require(keys.add(key), "each change is of another row, and two are of " + key);
            TableKey its = new TableKey(key.values().subList(0, partition.size()));
            TableKey first =
                    new TableKey(keys.iterator().next().values().subList(0, partition.size()));
            require(
                    its.equals(first),
                    "what is written at once is in one partition, not in %s and %s",
                    first,
                    its);
            bytes += kept instanceof Table.Put put ? bytes(put.row()) : 0;
            fitted.add(kept);
        }
        require(
                bytes <= Table.BATCH_BYTES_MAX,
                "rows that are written at once have %d bytes at most, not %d",
                Table.BATCH_BYTES_MAX,
                bytes);
        return fitted;
    }

    private static int bytes(TableRow row) {
        int sum = 0;
        for (Object value : row.values().values()) {
            sum += Cells.bytes(value);
        }
        return sum;
    }

    /**
     * A time to live as it is kept: whole seconds.
     *
     * @throws IllegalArgumentException when it is too short or too long
     */
    public static Optional<Duration> fit(Optional<Duration> ttl) {
        return ttl.map(
                life -> {
                    require(
                            life.compareTo(TTL_MIN) >= 0 && life.compareTo(TTL_MAX) <= 0,
                            "a ttl is 1 second to 3650 days, not %s",
                            life);
                    return Duration.ofSeconds(life.plusNanos(999_999_999).toSeconds());
                });
    }

    private static Object keyValue(String name, ColumnType type, Object given) {
        Object value = value(name, type, given);
        boolean isSized = value instanceof String || value instanceof byte[];
        int bytes = Cells.bytes(value);
        require(
                !isSized || (bytes > 0 && bytes <= TableKey.VALUE_BYTES_MAX),
                "'%s' belongs to the key and has 1 to %d bytes, not %d",
                name,
                TableKey.VALUE_BYTES_MAX,
                bytes);
        return value;
    }

    private static Object value(String name, ColumnType type, Object given) {
        Object value =
                type == ColumnType.LONG && given instanceof Integer number
                        ? (Object) number.longValue()
                        : given;
        if (!type.javaType().isInstance(value)) {
            throw new IllegalArgumentException(
                    "column '%s' is of type %s, which is a %s, not a %s"
                            .formatted(
                                    name,
                                    type.word(),
                                    type.javaType().getSimpleName(),
                                    value.getClass().getSimpleName()));
        }
        if (value instanceof String text && !Cells.isWhole(text)) {
            throw new IllegalArgumentException(
                    "the text of column '%s' has half a surrogate pair".formatted(name));
        }
        return value;
    }

    private IllegalArgumentException unknown(String name) {
        List<String> all = new ArrayList<>(key().keySet());
        all.addAll(columns.keySet());
        return new IllegalArgumentException(
                "there is no column '%s'; the manifest declares %s"
                        .formatted(name, String.join(", ", all)));
    }
}
