package dev.treadle.bindings.kv;

import dev.treadle.Kv;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One store of one provider. Arguments are checked before; failures are {@link
 * dev.treadle.bindings.StoreFailure}s. What each method means stands in {@link Kv}. Safe for
 * threads.
 */
public interface KvStore {
    Optional<Kv.Entry> get(String key);

    long put(String key, byte[] value, Optional<Duration> ttl);

    OptionalLong create(String key, byte[] value, Optional<Duration> ttl);

    OptionalLong replace(String key, long version, byte[] value, Optional<Duration> ttl);

    boolean delete(String key);

    boolean delete(String key, long version);

    /**
     * @param ttl of a counter that begins
     */
    long add(String key, long by, Optional<Duration> ttl);

    Kv.Page scan(String prefix, int limit, Optional<String> from);
}
