package dev.treadle.bindings.table;

import dev.treadle.TableKey;
import dev.treadle.TableScan;
import dev.treadle.TableSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one table's rows, in a RocksDB that all tables share: the table's name, a zero byte,
 * how long the partition's bytes are, these, and those of the clustering values.
 */
final class TableKeys {
    private final byte[] prefix;
    private final TableSchema schema;

    TableKeys(String table, TableSchema schema) {
        this.prefix = (table + '\0').getBytes(StandardCharsets.UTF_8);
        this.schema = schema;
    }

    /** What all keys of a partition begin with; other keys are left as they are. */
    static byte[] partitionOf(byte[] full) {
        int zero = 0;
        while (zero < full.length && full[zero] != 0) {
            zero++;
        }
        if (zero == 0 || zero + Short.BYTES >= full.length) {
            return full;
        }
        int length = Short.toUnsignedInt(ByteBuffer.wrap(full).getShort(zero + 1));
        return Arrays.copyOf(full, zero + 1 + Short.BYTES + length);
    }

    byte[] full(TableKey key) {
        int split = schema.partition().size();
        List<Object> values = key.values();
        byte[] partition = partition(values.subList(0, split));
        return joined(partition, clustering(values.subList(split, values.size())));
    }

    /** The clustering values of a row's key. */
    TableKey clustering(byte[] full) {
        int head = partitionOf(full).length;
        ByteBuffer rest = ByteBuffer.wrap(full, head, full.length - head);
        return new TableKey(KeyBytes.read(schema.clustering().values(), rest));
    }

    /** A whole key out of its parts. */
    static TableKey whole(TableKey partition, TableKey clustering) {
        List<Object> values = new ArrayList<>(partition.values());
        values.addAll(clustering.values());
        return new TableKey(values);
    }

    /** The least bytes of a range. */
    byte[] begin(TableKey partition, Optional<TableScan.Bound> lower) {
        byte[] all = partition(partition.values());
        return lower.map(
                        bound -> {
                            byte[] first = joined(all, clustering(bound.values().values()));
                            return bound.isInclusive() ? first : afterAll(first);
                        })
                .orElse(all);
    }

    /** The least bytes after a range. */
    byte[] end(TableKey partition, Optional<TableScan.Bound> upper) {
        byte[] all = partition(partition.values());
        return upper.map(
                        bound -> {
                            byte[] last = joined(all, clustering(bound.values().values()));
                            return bound.isInclusive() ? afterAll(last) : last;
                        })
                .orElseGet(() -> afterAll(all));
    }

    private byte[] partition(List<Object> values) {
        byte[] partition = KeyBytes.write(schema.partition().values(), values);
        return ByteBuffer.allocate(prefix.length + Short.BYTES + partition.length)
                .put(prefix)
                .putShort((short) partition.length)
                .put(partition)
                .array();
    }

    private byte[] clustering(List<Object> values) {
        return KeyBytes.write(schema.clustering().values(), values);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    /** The least bytes after all that begin with these; a name's letters have one after them. */
    private static byte[] afterAll(byte[] begin) {
        int last = begin.length - 1;
        while (begin[last] == (byte) 0xFF) {
            last--;
        }
        byte[] after = Arrays.copyOf(begin, last + 1);
        after[last]++;
        return after;
    }
}
