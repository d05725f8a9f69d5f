package dev.treadle.bindings.redis;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import redis.clients.jedis.Connection;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/**
 * A client that is connected. Safe for threads.
 *
 * @param client for commands that name a key
 * @param pools connections to each server that holds keys, by its name
 */
public record RedisLink(
        UnifiedJedis client, Supplier<Map<String, ? extends Pool<Connection>>> pools)
        implements AutoCloseable {
    /** The servers that hold keys, in an order. */
    public SortedMap<String, Pool<Connection>> servers() {
        return new TreeMap<>(pools.get());
    }

    /** Lets go of connections that nobody uses: when one has broken, the others have, too. */
    void dropIdle() {
        pools.get().values().forEach(Pool::clear);
    }

    @Override
    public void close() {
        client.close();
    }
}
