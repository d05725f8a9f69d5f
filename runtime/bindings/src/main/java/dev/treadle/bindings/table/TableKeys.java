package dev.treadle.bindings.table;

import dev.treadle.ColumnType;
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
    private final List<ColumnType> partition;
    private final List<ColumnType> clustering;

    TableKeys(String table, TableSchema schema) {
        this.prefix = (table + '\0').getBytes(StandardCharsets.UTF_8);
        this.partition = List.copyOf(schema.partition().values());
        this.clustering = List.copyOf(schema.clustering().values());
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
        ByteRun out = partition(key);
        KeyBytes.write(clustering, key.values(), partition.size(), out);
        return out.toByteArray();
    }

    /** What all keys of a partition begin with; more values than its own may follow them. */
    private ByteRun partition(TableKey key) {
        ByteRun out = new ByteRun(prefix);
        out.writeNumber(0, Short.BYTES);
        int begin = out.size();
        KeyBytes.write(partition, key.values(), 0, out);
        out.setShort(prefix.length, out.size() - begin);
        return out;
    }

    /** The clustering values of a row's key. */
    TableKey clustering(byte[] full) {
        int head = partitionOf(full).length;
        ByteBuffer rest = ByteBuffer.wrap(full, head, full.length - head);
        return new TableKey(KeyBytes.read(clustering, rest));
    }

    /** A whole key out of its parts. */
    static TableKey whole(TableKey partition, TableKey clustering) {
        List<Object> values = new ArrayList<>(partition.values());
        values.addAll(clustering.values());
        return new TableKey(values);
    }

    /** The least bytes of a range. */
    byte[] begin(TableKey partition, Optional<TableScan.Bound> lower) {
        return lower.map(
                        bound -> {
                            byte[] first = at(partition, bound);
                            return bound.isInclusive() ? first : afterAll(first);
                        })
                .orElseGet(() -> partition(partition).toByteArray());
    }

    /** The least bytes after a range. */
    byte[] end(TableKey partition, Optional<TableScan.Bound> upper) {
        return upper.map(
                        bound -> {
                            byte[] last = at(partition, bound);
                            return bound.isInclusive() ? afterAll(last) : last;
                        })
                .orElseGet(() -> afterAll(partition(partition).toByteArray()));
    }

    private byte[] at(TableKey partition, TableScan.Bound bound) {
        ByteRun out = partition(partition);
        KeyBytes.write(clustering, bound.values().values(), 0, out);
        return out.toByteArray();
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
