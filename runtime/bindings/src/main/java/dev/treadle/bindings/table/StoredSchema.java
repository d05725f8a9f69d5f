package dev.treadle.bindings.table;

import dev.treadle.ColumnType;
import dev.treadle.TableSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All columns that a table in RocksDB has. A column's number is its place among those that belong
 * to no key, and stays. As text it is a line for each column: its part, name and type.
 *
 * @param names of the columns by their numbers
 */
record StoredSchema(TableSchema schema, List<String> names, Map<String, Integer> numbers) {
    private static final String PARTITION = "partition";
    private static final String CLUSTERING = "clustering";
    private static final String COLUMN = "column";

    static StoredSchema of(TableSchema schema) {
        List<String> names = List.copyOf(schema.columns().keySet());
        Map<String, Integer> numbers = new LinkedHashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return new StoredSchema(schema, names, Map.copyOf(numbers));
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException("no column " + name);
        }
        return number;
    }

    String name(int number) {
        return names.get(number);
    }

    /** Whether it has columns that the binding does not know. */
    boolean hasMoreThan(TableSchema known) {
        return !known.columns().keySet().containsAll(names);
    }

    /** The same with the columns that it does not have yet. */
    StoredSchema with(TableSchema more) {
        TableSchema all = schema;
        for (Map.Entry<String, ColumnType> each : more.columns().entrySet()) {
            if (!all.columns().containsKey(each.getKey())) {
                all = all.column(each.getKey(), each.getValue());
            }
        }
        return of(all);
    }

    /** A record that never ends. */
    byte[] record() {
        StringBuilder text = new StringBuilder();
        schema.partition().forEach((name, type) -> line(PARTITION, name, type, text));
        schema.clustering().forEach((name, type) -> line(CLUSTERING, name, type, text));
        schema.columns().forEach((name, type) -> line(COLUMN, name, type, text));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(0).put(bytes).array();
    }

    private static void line(String part, String name, ColumnType type, StringBuilder text) {
        text.append(part).append(' ').append(name).append(' ').append(type.word()).append('\n');
    }

    static StoredSchema read(byte[] record) {
        String text =
                new String(record, Long.BYTES, record.length - Long.BYTES, StandardCharsets.UTF_8);
        TableSchema schema = TableSchema.empty();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            ColumnType type = ColumnType.valueOf(words[2].toUpperCase(Locale.ROOT));
            schema =
                    switch (words[0]) {
                        case PARTITION -> schema.partition(words[1], type);
                        case CLUSTERING -> schema.clustering(words[1], type);
                        default -> schema.column(words[1], type);
                    };
        }
        return of(schema);
    }
}
