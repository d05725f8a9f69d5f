package dev.treadle.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The control of embedded tables: rows of one kind in a RocksDB, written out by hand. */
record BareLines(BareRocks db) {
    /** A row. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Line(String id, int line, byte[] value) {}

    void put(Line row) {
        byte[] record =
                ByteBuffer.allocate(Integer.BYTES + row.value().length)
                        .putInt(row.value().length)
                        .put(row.value())
                        .array();
        db.put(key(row.id(), row.line()), record);
    }

    Line get(String id, int line) {
        byte[] record = db.get(key(id, line));
        int length = ByteBuffer.wrap(record).getInt();
        byte[] value = Arrays.copyOfRange(record, Integer.BYTES, Integer.BYTES + length);
        return new Line(id, line, value);
    }

    /** The rows of an id are side by side and in order. */
    private static byte[] key(String id, int line) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 1 + Integer.BYTES)
                .put(bytes)
                .put((byte) 0)
                .putInt(line ^ Integer.MIN_VALUE)
                .array();
    }
}
