package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store whose writes a cache is told of: those that succeeded and those that did not, since they
 * may have taken place or show that what was read is old.
 */
public record WatchedKv(KvStore store, String name, ReadCache cache) implements KvStore {
    @Override
    public Optional<Kv.Entry> get(String key) {
        return store.get(key);
    }

    @Override
    public long put(String key, byte[] value, Optional<Duration> ttl) {
        try {
            return store.put(key, value, ttl);
        } finally {
            cache.wrote(name, key);
        }
    }

    @Override
    public OptionalLong create(String key, byte[] value, Optional<Duration> ttl) {
        try {
            return store.create(key, value, ttl);
        } finally {
            cache.wrote(name, key);
        }
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Optional<Duration> ttl) {
        try {
            return store.replace(key, version, value, ttl);
        } finally {
            cache.wrote(name, key);
        }
    }

    @Override
    public boolean delete(String key) {
        try {
            return store.delete(key);
        } finally {
            cache.wrote(name, key);
        }
    }

    @Override
    public boolean delete(String key, long version) {
        try {
            return store.delete(key, version);
        } finally {
            cache.wrote(name, key);
        }
    }

    @Override
    public long add(String key, long by, Optional<Duration> ttl) {
        try {
            return store.add(key, by, ttl);
        } finally {
            cache.wrote(name, key);
        }
    }

    @Override
    public Kv.Page scan(String prefix, int limit, Optional<String> from) {
        return store.scan(prefix, limit, from);
    }
}
