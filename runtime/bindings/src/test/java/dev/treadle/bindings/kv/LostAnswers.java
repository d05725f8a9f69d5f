package dev.treadle.bindings.kv;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.Kv;
import dev.treadle.bindings.StoreFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that puts what it is told, and whose answer is lost then. */
record LostAnswers(KvStore store) implements KvStore {
    @Override
    public long put(String key, byte[] value, Optional<Duration> ttl) {
        store.put(key, value, ttl);
        throw new StoreFailure(Reason.UNAVAILABLE, "the answer was lost", null);
    }

    @Override
    public Optional<Kv.Entry> get(String key) {
        return store.get(key);
    }

    @Override
    public OptionalLong create(String key, byte[] value, Optional<Duration> ttl) {
        return store.create(key, value, ttl);
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Optional<Duration> ttl) {
        return store.replace(key, version, value, ttl);
    }

    @Override
    public boolean delete(String key) {
        return store.delete(key);
    }

    @Override
    public boolean delete(String key, long version) {
        return store.delete(key, version);
    }

    @Override
    public long add(String key, long by, Optional<Duration> ttl) {
        return store.add(key, by, ttl);
    }

    @Override
    public Kv.Page scan(String prefix, int limit, Optional<String> from) {
        return store.scan(prefix, limit, from);
    }
}
