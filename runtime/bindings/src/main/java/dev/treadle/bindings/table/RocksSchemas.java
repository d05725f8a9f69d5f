package dev.treadle.bindings.table;

import dev.treadle.TableSchema;
import dev.treadle.bindings.rocks.RocksFolder;
import dev.treadle.bindings.rocks.RocksHome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which columns the tables in a RocksDB have. Safe for threads. */
final class RocksSchemas {
    private final RocksHome home;
    private final ConcurrentHashMap<String, StoredSchema> known = new ConcurrentHashMap<>();

    RocksSchemas(RocksHome home) {
        this.home = home;
    }

    /** What the table has, as far as it was already asked for. */
    @Nullable StoredSchema known(String table) {
        return known.get(table);
    }

    /** What the table has; empty when there is none. */
    Optional<StoredSchema> find(String table) {
        StoredSchema last = known.get(table);
        if (last != null) {
            return Optional.of(last);
        }
        byte[] record = home.folder().get(key(table));
        if (record == null) {
            return Optional.empty();
        }
        known.putIfAbsent(table, StoredSchema.read(record));
        return Optional.ofNullable(known.get(table));
    }

    /**
     * Makes the table, and the columns that are missing.
     *
     * @throws dev.treadle.bindings.StoreFailure when the table has it otherwise
     */
    StoredSchema require(String table, TableSchema wanted) {
        Optional<StoredSchema> there = find(table);
        return there.isPresent() && !isMissing(there.get(), wanted)
                ? fitting(table, there.get(), wanted)
                : make(table, wanted);
    }

    private synchronized StoredSchema make(String table, TableSchema wanted) {
        Optional<StoredSchema> there = find(table);
        StoredSchema made =
                there.map(each -> fitting(table, each, wanted).with(wanted))
                        .orElseGet(() -> StoredSchema.of(wanted));
        RocksFolder folder = home.folder();
        folder.put(key(table), made.record(), true);
        known.put(table, made);
        return made;
    }

    private static boolean isMissing(StoredSchema there, TableSchema wanted) {
        return !there.schema().columns().keySet().containsAll(wanted.columns().keySet());
    }

    private static StoredSchema fitting(String table, StoredSchema there, TableSchema wanted) {
        List<TableMisfit> misfits = TableMisfit.between(wanted, there.schema());
        if (!misfits.isEmpty()) {
            throw TableMisfit.failure(table, misfits);
        }
        return there;
    }

    /** No table's name begins with a zero byte. */
    private static byte[] key(String table) {
        return ("\0schema\0" + table).getBytes(StandardCharsets.UTF_8);
    }
}
