package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import dev.treadle.bindings.Guard;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A store as one invocation sees it: checks what it is given, and has each call guarded. */
public final class BoundKv implements Kv {
    private final KvStore store;
    private final Guard guard;
    private final Optional<Duration> ttl;

    /**
     * @param ttl of what is put without one
     */
    public BoundKv(KvStore store, Guard guard, Optional<Duration> ttl) {
        this.store = store;
        this.guard = guard;
        this.ttl = ttl;
    }

    @Override
    public Optional<Entry> get(String key) {
        KvArguments.key(key);
        return guard.run(() -> store.get(key));
    }

    @Override
    public long put(String key, byte[] value) {
        return put(key, value, ttl);
    }

    @Override
    public long put(String key, byte[] value, Duration ttl) {
        KvArguments.ttl(ttl);
        return put(key, value, Optional.of(ttl));
    }

    private long put(String key, byte[] value, Optional<Duration> life) {
        check(key, value);
        return guard.run(() -> store.put(key, value, life));
    }

    @Override
    public OptionalLong create(String key, byte[] value) {
        return create(key, value, ttl);
    }

    @Override
    public OptionalLong create(String key, byte[] value, Duration ttl) {
        KvArguments.ttl(ttl);
        return create(key, value, Optional.of(ttl));
    }

    private OptionalLong create(String key, byte[] value, Optional<Duration> life) {
        check(key, value);
        return guard.run(() -> store.create(key, value, life));
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value) {
        return replace(key, version, value, ttl);
    }

    @Override
    public OptionalLong replace(String key, long version, byte[] value, Duration ttl) {
        KvArguments.ttl(ttl);
        return replace(key, version, value, Optional.of(ttl));
    }

    private OptionalLong replace(String key, long version, byte[] value, Optional<Duration> life) {
        check(key, value);
        return guard.run(() -> store.replace(key, version, value, life));
    }

    @Override
    public boolean delete(String key) {
        KvArguments.key(key);
        return guard.run(() -> store.delete(key));
    }

    @Override
    public boolean delete(String key, long version) {
        KvArguments.key(key);
        return guard.run(() -> store.delete(key, version));
    }

    @Override
    public long add(String key, long by) {
        KvArguments.key(key);
        return guard.run(() -> store.add(key, by, ttl));
    }

    @Override
    public Page scan(String prefix, int limit) {
        KvArguments.page(prefix, limit);
        return guard.run(() -> store.scan(prefix, limit, Optional.empty()));
    }

    @Override
    public Page scan(String prefix, int limit, String from) {
        KvArguments.page(prefix, limit);
        return guard.run(() -> store.scan(prefix, limit, Optional.of(from)));
    }

    private static void check(String key, byte[] value) {
        KvArguments.key(key);
        KvArguments.value(value);
    }
}
