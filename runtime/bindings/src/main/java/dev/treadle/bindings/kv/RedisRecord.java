package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A value as Redis keeps it: a mark, the version, and the bytes. */
final class RedisRecord {
    /** The mark and the version. */
    static final int HEAD = 1 + Long.BYTES;

    private static final byte MARK = 'T';

    private RedisRecord() {}

    static byte[] of(long version, byte[] value) {
        return ByteBuffer.allocate(HEAD + value.length)
                .put(MARK)
                .putLong(version)
                .put(value)
                .array();
    }

    static byte[] head(long version) {
        return of(version, new byte[0]);
    }

    static Kv.Entry entry(String key, byte[] record) {
        if (record.length < HEAD || record[0] != MARK) {
            throw Foreign.value(key);
        }
        return new Kv.Entry(
                key,
                Arrays.copyOfRange(record, HEAD, record.length),
                ByteBuffer.wrap(record).getLong(1));
    }
}
