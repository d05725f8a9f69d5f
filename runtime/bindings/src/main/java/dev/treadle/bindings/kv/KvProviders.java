package dev.treadle.bindings.kv;

import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.bindings.redis.RedisHome;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.rocks.RocksHome;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes providers of keys and values.
 *
 * @param home the node's own RocksDB
 */
public record KvProviders(
        RocksHome home, NatsAccess nats, RandomGenerator random, InstantSource clock) {
    public KvProvider provider(KvSettings settings) {
        return switch (settings.source()) {
            case KvSettings.Redis(RedisSettings server) ->
                    new RedisKvProvider(
                            new RedisHome(
                                    server,
                                    settings.capacity().callsMax(),
                                    settings.capacity().timeout()),
                            random);
            case KvSettings.Nats(int replicas) ->
                    new NatsKvProvider(nats, replicas, settings.capacity().timeout(), clock);
            case KvSettings.RocksDb(boolean fsync) ->
                    new RocksKvProvider(home, fsync, random, clock);
        };
    }
}
