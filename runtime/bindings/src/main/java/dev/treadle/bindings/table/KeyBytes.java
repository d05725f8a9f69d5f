package dev.treadle.bindings.table;

import dev.treadle.ColumnType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Values of key columns as bytes whose order, without a sign, is that of {@link
 * ColumnType#compare}. No value's bytes begin those of another, so that values can stand side by
 * side.
 */
final class KeyBytes {
    /** In text and bytes, a zero is followed by this. */
    private static final int ZERO = 0xFF;

    /** What ends text and bytes: a zero and this. */
    private static final int END = 1;

    private KeyBytes() {}

    /** Writes values from a place in their list on, as far as there are any of these types. */
    static void write(List<ColumnType> types, List<Object> values, int begin, ByteRun out) {
        int count = Math.min(types.size(), values.size() - begin);
        for (int i = 0; i < count; i++) {
            write(types.get(i), values.get(begin + i), out);
        }
    }

    private static void write(ColumnType type, Object value, ByteRun out) {
        switch (type) {
            case TEXT -> ended(((String) value).getBytes(StandardCharsets.UTF_8), out);
            case BYTES -> ended((byte[]) value, out);
            case INT -> number((Integer) value, Integer.BYTES, out);
            case LONG -> number((Long) value, Long.BYTES, out);
            case TIME -> number(((Instant) value).toEpochMilli(), Long.BYTES, out);
            case BOOLEAN -> out.write((Boolean) value ? 1 : 0);
            case UUID -> uuid((UUID) value, out);
            case DOUBLE -> throw new IllegalArgumentException("no key has a double");
        }
    }

    private static void ended(byte[] bytes, ByteRun out) {
        for (byte each : bytes) {
            out.write(each);
            if (each == 0) {
                out.write(ZERO);
            }
        }
        out.write(0);
        out.write(END);
    }

    /** The sign's bit is turned, so that negative numbers come first. */
    private static void number(long value, int size, ByteRun out) {
        out.writeNumber(value ^ (1L << (size * Byte.SIZE - 1)), size);
    }

    private static void uuid(UUID id, ByteRun out) {
        long first = id.getMostSignificantBits();
        out.write(id.version());
        out.writeNumber(id.version() == 1 ? byTime(first) : first, Long.BYTES);
        out.writeNumber(id.getLeastSignificantBits(), Long.BYTES);
    }

    /** The time's high bits first, with the version before them. */
    private static long byTime(long bits) {
        return (bits & 0xFFFFL) << 48 | (bits >>> 16 & 0xFFFFL) << 32 | bits >>> 32;
    }

    private static long byVersion(long bits) {
        return bits << 32 | (bits >>> 32 & 0xFFFFL) << 16 | bits >>> 48;
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IllegalArgumentException when it has not
     */
    static List<Object> read(Collection<ColumnType> types, ByteBuffer in) {
        List<Object> values = new ArrayList<>();
        try {
            for (ColumnType type : types) {
                values.add(read(type, in));
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("these are no values of a key", e);
        }
        return values;
    }

    private static Object read(ColumnType type, ByteBuffer in) {
        return switch (type) {
            case TEXT -> new String(ended(in), StandardCharsets.UTF_8);
            case BYTES -> ended(in);
            case INT -> in.getInt() ^ Integer.MIN_VALUE;
            case LONG -> in.getLong() ^ Long.MIN_VALUE;
            case TIME -> Instant.ofEpochMilli(in.getLong() ^ Long.MIN_VALUE);
            case BOOLEAN -> in.get() == 1;
            case UUID -> uuid(in);
            case DOUBLE -> throw new IllegalArgumentException("no key has a double");
        };
    }

    private static byte[] ended(ByteBuffer in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            byte each = in.get();
            if (each == 0 && in.get() == END) {
                return out.toByteArray();
            }
            out.write(each);
        }
    }

    private static UUID uuid(ByteBuffer in) {
        boolean isOfTime = in.get() == 1;
        long first = in.getLong();
        return new UUID(isOfTime ? byVersion(first) : first, in.getLong());
    }
}
