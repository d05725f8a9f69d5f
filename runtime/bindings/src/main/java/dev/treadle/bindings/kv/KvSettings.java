package dev.treadle.bindings.kv;

import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.redis.RedisSettings;

/** What is behind a store of keys and values. */
public record KvSettings(Capacity capacity, Source source) {
    /** A provider and what it needs. */
    public sealed interface Source {}

    /**
     * The node's own RocksDB.
     *
     * @param fsync whether a write is on the disk before it is done
     */
    public record RocksDb(boolean fsync) implements Source {}

    /** A Redis. */
    public record Redis(RedisSettings server) implements Source {}

    /**
     * The NATS that the node works with.
     *
     * @param replicas of a bucket that is made
     */
    public record Nats(int replicas) implements Source {}
}
