package dev.treadle.bindings.kv;

import dev.treadle.bindings.redis.RedisHome;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Stores in a Redis, or in what speaks its protocol. */
public final class RedisKvProvider implements KvProvider {
    private final RedisHome home;
    private final Versions versions;

    /**
     * @param home is closed with this
     */
    public RedisKvProvider(RedisHome home, RandomGenerator random) {
        this.home = home;
        this.versions = new Versions(random);
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String text() {
        return home.text();
    }

    @Override
    public KvStore store(String name) {
        return new RedisKv(home, name, versions);
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {
        home.close();
    }
}
