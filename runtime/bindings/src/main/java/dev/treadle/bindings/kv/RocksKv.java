package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import dev.treadle.bindings.rocks.RocksFolder;
import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.bindings.rocks.StoreKeys;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A store in the node's own RocksDB. A value has its version and the end of its life before it. */
final class RocksKv implements KvStore {
    private static final int HEAD = 2 * Long.BYTES;

    /** More records than that are not looked at for one page, ended ones included. */
    private static final int LOOKED_AT_MAX = 20_000;

    private final RocksHome home;
    private final StoreKeys keys;
    private final boolean fsync;
    private final Versions versions;
    private final InstantSource clock;

    RocksKv(RocksHome home, String store, boolean fsync, Versions versions, InstantSource clock) {
        this.home = home;
        this.fsync = fsync;
        this.keys = new StoreKeys(store);
        this.versions = versions;
        this.clock = clock;
    }

    @Override
    public Optional<Kv.Entry> get(String key) {
        return Optional.ofNullable(live(home.folder().get(keys.full(key))))
                .map(record -> entry(key, record));
    }

    @Override
    public long put(String key, byte[] value, Optional<Duration> ttl) {
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            return write(folder, full, value, end(ttl));
        }
    }

    @Override
    public OptionalLong create(String key, byte[] value, Optional<Duration> ttl) {
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            return live(folder.get(full)) == null
                    ? OptionalLong.of(write(folder, full, value, end(ttl)))
                    : OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Optional<Duration> ttl) {
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            byte[] record = live(folder.get(full));
            return record != null && version(record) == version
                    ? OptionalLong.of(write(folder, full, value, end(ttl)))
                    : OptionalLong.empty();
        }
    }

    @Override
    public boolean delete(String key) {
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            boolean there = live(folder.get(full)) != null;
            if (there) {
                folder.delete(full, fsync);
            }
            return there;
        }
    }

    @Override
    public boolean delete(String key, long version) {
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            byte[] record = live(folder.get(full));
            boolean same = record != null && version(record) == version;
            if (same) {
                folder.delete(full, fsync);
            }
            return same;
        }
    }

    @Override
    public long add(String key, long by, Optional<Duration> ttl) {
        RocksFolder folder = home.folder();
        byte[] full = keys.full(key);
        synchronized (folder.lock(full)) {
            byte[] record = live(folder.get(full));
            long sum = record == null ? by : Counter.sum(key, value(record), by);
            write(
                    folder,
                    full,
                    Counter.value(sum),
                    record == null ? end(ttl) : RocksFolder.end(record));
            return sum;
        }
    }

    @Override
    public Kv.Page scan(String wanted, int limit, Optional<String> from) {
        byte[] begin = keys.begin(wanted, from);
        List<Kv.Entry> found = new ArrayList<>();
        RocksFolder folder = home.folder();
        int looked = 0;
        try (ReadOptions options = new ReadOptions();
                Slice end = new Slice(keys.end(wanted));
                ReadOptions bounded = options.setIterateUpperBound(end);
                RocksIterator all = folder.iterate(bounded)) {
            for (all.seek(begin); all.isValid(); all.next()) {
                if (found.size() == limit || looked++ == LOOKED_AT_MAX) {
                    return new Kv.Page(found, Optional.of(StoreKeys.place(all.key())));
                }
                byte[] record = live(all.value());
                if (record != null) {
                    found.add(entry(keys.key(all.key()), record));
                }
            }
            folder.check(all);
        }
        return new Kv.Page(found, Optional.empty());
    }

    private long write(RocksFolder folder, byte[] full, byte[] value, long end) {
        long version = versions.next();
        byte[] record =
                ByteBuffer.allocate(HEAD + value.length)
                        .putLong(end)
                        .putLong(version)
                        .put(value)
                        .array();
        folder.put(full, record, fsync);
        return version;
    }

    /** Milliseconds since 1970; zero for never. */
    private long end(Optional<Duration> ttl) {
        return ttl.isEmpty() ? 0 : clock.millis() + ttl.get().toMillis();
    }

    private byte @Nullable [] live(byte @Nullable [] record) {
        return RocksFolder.live(record, clock);
    }

    private static Kv.Entry entry(String key, byte[] record) {
        return new Kv.Entry(key, value(record), version(record));
    }

    private static long version(byte[] record) {
        return ByteBuffer.wrap(record).getLong(Long.BYTES);
    }

    private static byte[] value(byte[] record) {
        return Arrays.copyOfRange(record, HEAD, record.length);
    }
}
