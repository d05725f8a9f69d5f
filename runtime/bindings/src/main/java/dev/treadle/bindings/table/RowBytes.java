package dev.treadle.bindings.table;

import dev.treadle.ColumnType;
import dev.treadle.TableKey;
import dev.treadle.TableRow;
import dev.treadle.TableSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as RocksDB keeps it: the end of its life, and for each column that is not empty its number,
 * how long its value is, and that. Safe for threads.
 */
final class RowBytes {
    private static final int CELL_HEAD = Short.BYTES + Integer.BYTES;
    private static final int UNKNOWN = -1;
    private static final byte[] NOTHING = {};

    private final StoredSchema stored;
    private final List<String> names;
    private final List<ColumnType> types;
    private final int keySize;

    /** By a column's place among those that the binding knows: its number. */
    private final int[] numbers;

    /** By a column's number: its place. */
    private final int[] places;

    private final boolean hasUnknown;

    /**
     * @param stored the table's columns with their numbers
     * @param known what one binding knows of them
     */
    RowBytes(StoredSchema stored, TableSchema known) {
        this.stored = stored;
        List<String> own = List.copyOf(known.columns().keySet());
        this.types = List.copyOf(known.columns().values());
        this.numbers = own.stream().mapToInt(stored::number).toArray();
        this.places = stored.names().stream().mapToInt(own::indexOf).toArray();
        this.hasUnknown = stored.hasMoreThan(known);
        List<String> all = new ArrayList<>(known.key().keySet());
        this.keySize = all.size();
        all.addAll(own);
        this.names = List.copyOf(all);
    }

    StoredSchema stored() {
        return stored;
    }

    /** Whether rows may have columns that the binding does not know. */
    boolean hasUnknown() {
        return hasUnknown;
    }

    /**
     * Writes a row.
     *
     * @param end in milliseconds from 1970 on; zero for never
     * @param before the record in whose place it comes; what this binding does not know stays
     */
    byte[] write(TableRow row, long end, byte @Nullable [] before) {
        byte[][] cells = new byte[types.size()][];
        int size = Long.BYTES;
        for (int i = 0; i < cells.length; i++) {
            Object value = row.values().get(names.get(keySize + i));
            if (value != null) {
                cells[i] = bytes(types.get(i), value);
                size += CELL_HEAD + cells[i].length;
            }
        }
        byte[] more = before == null ? NOTHING : unknown(before);
        ByteBuffer out = ByteBuffer.allocate(size + more.length).putLong(end);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] != null) {
                out.putShort((short) numbers[i]).putInt(cells[i].length).put(cells[i]);
            }
        }
        return out.put(more).array();
    }

    /** The cells of a record that the binding does not know. */
    private byte[] unknown(byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record).position(Long.BYTES);
        ByteBuffer out = ByteBuffer.allocate(record.length);
        while (in.hasRemaining()) {
            int number = Short.toUnsignedInt(in.getShort(in.position()));
            int length = CELL_HEAD + in.getInt(in.position() + Short.BYTES);
            if (places[number] == UNKNOWN) {
                out.put(in.slice(in.position(), length));
            }
            in.position(in.position() + length);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Reads a row, as far as the binding knows its columns. */
    TableRow read(TableKey key, byte[] record) {
        @Nullable Object[] cells = new Object[names.size()];
        for (int i = 0; i < keySize; i++) {
            cells[i] = key.values().get(i);
        }
        ByteBuffer in = ByteBuffer.wrap(record).position(Long.BYTES);
        while (in.hasRemaining()) {
            int place = places[Short.toUnsignedInt(in.getShort())];
            int length = in.getInt();
            if (place == UNKNOWN) {
                in.position(in.position() + length);
            } else {
                cells[keySize + place] = value(types.get(place), in, length);
            }
        }
        return new TableRow(new CellMap(names, cells));
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

    private static Object value(ColumnType type, ByteBuffer in, int length) {
        return switch (type) {
            case TEXT -> new String(all(in, length), StandardCharsets.UTF_8);
            case BYTES -> all(in, length);
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case TIME -> Instant.ofEpochMilli(in.getLong());
            case DOUBLE -> in.getDouble();
            case BOOLEAN -> in.get() == 1;
            case UUID -> new UUID(in.getLong(), in.getLong());
        };
    }

    private static byte[] all(ByteBuffer in, int length) {
        byte[] all = new byte[length];
        in.get(all);
        return all;
    }
}
