package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A store of which what is got may be a little old. All else is as it is. */
public final class CachedKv implements Kv {
    private final Kv kv;
    private final String store;
    private final ReadCache cache;
    private final Duration ageMax;
    private final Runnable hit;

    /**
     * @param store its name
     * @param ageMax how old what is got may be
     * @param hit is told when the store was not asked
     */
    public CachedKv(Kv kv, String store, ReadCache cache, Duration ageMax, Runnable hit) {
        this.kv = kv;
        this.store = store;
        this.cache = cache;
        this.ageMax = ageMax;
        this.hit = hit;
    }

    @Override
    public Optional<Entry> get(String key) {
        KvArguments.key(key);
        return cache.get(store, key, ageMax, () -> kv.get(key), hit);
    }

    @Override
    public long put(String key, byte[] value) {
        return kv.put(key, value);
    }

    @Override
    public long put(String key, byte[] value, Duration ttl) {
        return kv.put(key, value, ttl);
    }

    @Override
    public OptionalLong create(String key, byte[] value) {
        return kv.create(key, value);
    }

    @Override
    public OptionalLong create(String key, byte[] value, Duration ttl) {
        return kv.create(key, value, ttl);
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value) {
        return kv.replace(key, version, value);
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Duration ttl) {
        return kv.replace(key, version, value, ttl);
    }

    @Override
    public boolean delete(String key) {
        return kv.delete(key);
    }

    @Override
    public boolean delete(String key, long version) {
        return kv.delete(key, version);
    }

    @Override
    public long add(String key, long by) {
        return kv.add(key, by);
    }

    @Override
    public Page scan(String prefix, int limit) {
        return kv.scan(prefix, limit);
    }

    @Override
    public Page scan(String prefix, int limit, String from) {
        return kv.scan(prefix, limit, from);
    }
}
