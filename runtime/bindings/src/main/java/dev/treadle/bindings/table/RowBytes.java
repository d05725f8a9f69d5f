package dev.treadle.bindings.table;

import dev.treadle.ColumnType;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as RocksDB keeps it: the end of its life, and for each column that is not empty its number,
 * how long its value is, and that.
 *
 * @param stored the table's columns with their numbers
 * @param known what one binding knows of them
 */
record RowBytes(StoredSchema stored, TableSchema known) {
    private static final int CELL_HEAD = Short.BYTES + Integer.BYTES;

    /**
     * Writes a row.
     *
     * @param end in milliseconds from 1970 on; zero for never
     * @param before the record in whose place it comes; what this binding does not know stays
     */
    byte[] write(TableRow row, long end, byte @Nullable [] before) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(end).array());
        known.columns()
                .forEach(
                        (name, type) -> {
                            Object value = row.values().get(name);
                            if (value != null) {
                                cell(stored.number(name), bytes(type, value), out);
                            }
                        });
        if (before != null) {
            copyUnknown(before, out);
        }
        return out.toByteArray();
    }

    private void copyUnknown(byte[] before, ByteArrayOutputStream out) {
        ByteBuffer in = ByteBuffer.wrap(before).position(Long.BYTES);
        while (in.hasRemaining()) {
            int number = Short.toUnsignedInt(in.getShort());
            byte[] value = new byte[in.getInt()];
            in.get(value);
            if (!known.columns().containsKey(stored.name(number))) {
                cell(number, value, out);
            }
        }
    }

    private static void cell(int number, byte[] value, ByteArrayOutputStream out) {
        ByteBuffer head = ByteBuffer.allocate(CELL_HEAD);
        head.putShort((short) number).putInt(value.length);
        out.writeBytes(head.array());
        out.writeBytes(value);
    }

    /** Reads a row, as far as the binding knows its columns. */
    TableRow read(TableKey key, byte[] record) {
        Map<String, Object> cells = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(record).position(Long.BYTES);
        while (in.hasRemaining()) {
            String name = stored.name(Short.toUnsignedInt(in.getShort()));
            int length = in.getInt();
            ColumnType type = known.columns().get(name);
            if (type != null) {
                cells.put(name, value(type, in.slice(in.position(), length)));
            }
            in.position(in.position() + length);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Iterator<Object> keyValues = key.values().iterator();
        known.key().keySet().forEach(name -> values.put(name, keyValues.next()));
        known.columns().keySet().forEach(name -> take(cells, name, values));
        return new TableRow(values);
    }

    private static void take(Map<String, Object> cells, String name, Map<String, Object> values) {
        Object value = cells.get(name);
        if (value != null) {
            values.put(name, value);
        }
    }

    private static byte[] bytes(ColumnType type, Object value) {
        return switch (type) {
            case TEXT -> ((String) value).getBytes(StandardCharsets.UTF_8);
            case BYTES -> (byte[]) value;
            case INT -> ByteBuffer.allocate(Integer.BYTES).putInt((Integer) value).array();
            case LONG -> number((Long) value);
            case TIME -> number(((Instant) value).toEpochMilli());
            case DOUBLE -> number(Double.doubleToLongBits((Double) value));
            case BOOLEAN -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
            case UUID -> {
                UUID id = (UUID) value;
                yield ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
            }
        };
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static Object value(ColumnType type, ByteBuffer in) {
        return switch (type) {
            case TEXT -> new String(all(in), StandardCharsets.UTF_8);
            case BYTES -> all(in);
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case TIME -> Instant.ofEpochMilli(in.getLong());
            case DOUBLE -> in.getDouble();
            case BOOLEAN -> in.get() == 1;
            case UUID -> new UUID(in.getLong(), in.getLong());
        };
    }

    private static byte[] all(ByteBuffer in) {
        byte[] all = new byte[in.remaining()];
        in.get(all);
        return all;
    }
}
