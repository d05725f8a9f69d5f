package dev.treadle.bindings.rocks;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A RocksDB in a folder. A record begins with the millisecond, counted from 1970, at which it ends,
 * zero for never; ended ones are still there until they are swept. What a method has written
 * outlives the process; with {@code fsync} also a power cut. Safe for threads until closed: whoever
 * closes it sees to it that no call runs.
 */
public final class RocksFolder implements AutoCloseable {
    private static final long CACHE_BYTES = 32L << 20;
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    private static final int KEYS_TO_A_RESTART = 4;

    private static final int OPEN_FILES_MAX = 256;
    private static final int LOCKS = 256;

    /** One whose readers hold no lock; it finds out by itself how large what it keeps is. */
    private final Cache cache = new HyperClockCache(CACHE_BYTES, 0, -1, false);

    private final BloomFilter filter = new BloomFilter(10);
    private final ColumnFamilyOptions family;
    private final DBOptions options;
    private final WriteOptions quick = new WriteOptions();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB db;
    private final ColumnFamilyHandle records;

    /** When which record ends: the millisecond and then its key. */
    private final ColumnFamilyHandle ends;

    private final Object[] locks = new Object[LOCKS];
    private final UnaryOperator<byte[]> lockedPart;

    private RocksFolder(Path folder, UnaryOperator<byte[]> lockedPart) throws RocksDBException {
        this.lockedPart = lockedPart;
        this.family =
                new ColumnFamilyOptions()
                        .setWriteBufferSize(WRITE_BUFFER_BYTES)
                        .setTableFormatConfig(
                                new BlockBasedTableConfig()
                                        .setBlockCache(cache)
                                        .setBlockRestartInterval(KEYS_TO_A_RESTART)
                                        .setDataBlockIndexType(
                                                DataBlockIndexType.kDataBlockBinaryAndHash)
                                        .setFilterPolicy(filter));
        this.options =
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        .setMaxOpenFiles(OPEN_FILES_MAX)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setKeepLogFileNum(2);
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        this.db =
                RocksDB.open(
                        options,
                        folder.toString(),
                        List.of(
                                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
                                new ColumnFamilyDescriptor(
                                        "ends".getBytes(StandardCharsets.UTF_8), family)),
                        handles);
        this.records = handles.get(0);
        this.ends = handles.get(1);
    }

    /**
     * Opens the folder, making it where it is not there. One process at a time can.
     *
     * @param lockedPart what is the same in the keys of records that have one lock
     */
    static RocksFolder open(Path folder, UnaryOperator<byte[]> lockedPart) {
        try {
            RocksDB.loadLibrary();
            Files.createDirectories(folder);
            return new RocksFolder(folder, lockedPart);
        } catch (RocksDBException | IOException | RuntimeException | LinkageError e) {
            throw new StoreFailure(
                    Reason.UNAVAILABLE, "%s cannot be opened: %s".formatted(folder, e), e);
        }
    }

    /** What to hold while a record is read and then changed. */
    public Object lock(byte[] key) {
        return locks[Math.floorMod(Arrays.hashCode(lockedPart.apply(key)), LOCKS)];
    }

    /** The record, ended ones too; null when there is none. */
    public byte @Nullable [] get(byte[] key) {
        try {
            return db.get(records, key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Puts a record there. */
    public void put(byte[] key, byte[] record, boolean fsync) {
        WriteOptions writes = fsync ? synced : quick;
        long end = end(record);
        try {
            if (end == 0) {
                db.put(records, writes, key, record);
                return;
            }
            try (WriteBatch batch = new WriteBatch()) {
                batch.put(records, key, record);
                batch.put(ends, endKey(end, key), new byte[0]);
                db.write(writes, batch);
            }
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /**
     * A record to be put, or to be taken away.
     *
     * @param record null to take it away
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    public record Change(byte[] key, byte @Nullable [] record) {}

    /** Makes all changes or, when it fails, none. */
    public void write(List<Change> changes, boolean fsync) {
        try (WriteBatch batch = new WriteBatch()) {
            for (Change change : changes) {
                byte[] record = change.record();
                if (record == null) {
                    batch.delete(records, change.key());
                    continue;
                }
                batch.put(records, change.key(), record);
                long end = end(record);
                if (end != 0) {
                    batch.put(ends, endKey(end, change.key()), new byte[0]);
                }
            }
            db.write(fsync ? synced : quick, batch);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Takes a record away. */
    public void delete(byte[] key, boolean fsync) {
        try {
            db.delete(records, fsync ? synced : quick, key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Goes through records; the caller closes it, and asks {@link #check} at its end. */
    public RocksIterator iterate(ReadOptions reads) {
        return db.newIterator(records, reads);
    }

    /** Throws when an iterator has ended for a failure. */
    public void check(RocksIterator iterator) {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** When a record ends; zero for never. */
    public static long end(byte[] record) {
        return ByteBuffer.wrap(record).getLong();
    }

    /** The record, unless it has ended. */
    public static byte @Nullable [] live(byte @Nullable [] record, InstantSource clock) {
        return record == null || (end(record) != 0 && isOver(record, clock.millis()))
                ? null
                : record;
    }

    private static boolean isOver(byte[] record, long nowMillis) {
        long end = end(record);
        return end != 0 && end <= nowMillis;
    }

    /**
     * Takes away records that have ended.
     *
     * @param max how many at most
     * @return how many ends were looked at; as many as {@code max} when there may be more
     */
    public int sweep(long nowMillis, int max) {
        int seen = 0;
        try (ReadOptions reads = new ReadOptions();
                RocksIterator all = db.newIterator(ends, reads)) {
            for (all.seekToFirst(); all.isValid() && seen < max; all.next()) {
                byte[] endKey = all.key();
                if (ByteBuffer.wrap(endKey).getLong() > nowMillis) {
                    break;
                }
                remove(endKey, nowMillis);
                seen++;
            }
            check(all);
        }
        return seen;
    }

    /** The record may have been written anew since, with a later end or none. */
    private void remove(byte[] endKey, long nowMillis) {
        byte[] key = Arrays.copyOfRange(endKey, Long.BYTES, endKey.length);
        try (WriteBatch batch = new WriteBatch()) {
            synchronized (lock(key)) {
                byte[] record = get(key);
                if (record != null && isOver(record, nowMillis)) {
                    batch.delete(records, key);
                }
                batch.delete(ends, endKey);
                db.write(quick, batch);
            }
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private static byte[] endKey(long end, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length).putLong(end).put(key).array();
    }

    private static StoreFailure failed(RocksDBException e) {
        return new StoreFailure(Reason.FAILED, "RocksDB: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        records.close();
        ends.close();
        db.close();
        quick.close();
        synced.close();
        options.close();
        family.close();
        filter.close();
        cache.close();
    }
}
