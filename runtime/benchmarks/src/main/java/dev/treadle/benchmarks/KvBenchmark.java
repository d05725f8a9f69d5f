package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.KvLab;
import dev.treadle.benchmarks.process.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.RedisClient;

/** What a binding of keys and values costs beside its provider's own client. */
final class KvBenchmark implements Benchmark {
    private static final int KEYS = 10_000;
    private static final byte[] VALUE = new byte[256];

    @Override
    public String name() {
        return "kv";
    }

    @Override
    public String question() {
        return "keys and values of a function, beside bare RocksDB and bare Jedis";
    }

    @Override
    public List<Row> run(Lab lab) throws Exception {
        lab.enter(Cores.SHARED);
        BindingRounds rounds = new BindingRounds(lab);
        puts(lab, rounds);
        gets(lab, rounds);
        redis(lab, rounds);
        return rounds.rows();
    }

    private static void puts(Lab lab, BindingRounds rounds) throws Exception {
        try (KvLab ours = KvLab.embedded(lab.newFolder("kv"));
                BareRocks bare = BareRocks.open(lab.newFolder("bare-rocksdb"))) {
            rounds.compare(
                    "kv: put of 256 B, beside bare RocksDB",
                    i -> ours.kv().put(key(i), VALUE),
                    i -> bare.put(bytes(i), VALUE));
        }
    }

    /** Both are opened anew before, so that both read one file and not what was just written. */
    private static void gets(Lab lab, BindingRounds rounds) throws Exception {
        Path folder = lab.newFolder("kv-read");
        Path other = lab.newFolder("bare-rocksdb-read");
        try (KvLab ours = KvLab.embedded(folder);
                BareRocks bare = BareRocks.open(other)) {
            for (int i = 0; i < KEYS; i++) {
                ours.kv().put(key(i), VALUE);
                bare.put(bytes(i), VALUE);
            }
        }
        try (KvLab ours = KvLab.embedded(folder);
                BareRocks bare = BareRocks.open(other)) {
            rounds.compare(
                    "kv: get of 256 B, beside bare RocksDB",
                    i -> BindingRounds.requireFound(ours.kv().get(key(i))),
                    i -> bare.get(bytes(i)));
        }
    }

    private static void redis(Lab lab, BindingRounds rounds) throws Exception {
        Optional<RedisServer> server = RedisServer.start(lab.newFolder("redis"));
        if (server.isEmpty()) {
            System.err.println("kv: there is no redis-server (PATH, ~/.treadle/redis)");
            return;
        }
        try (RedisServer redis = server.get();
                KvLab ours = KvLab.redis(lab.newFolder("kv-redis"), redis.port());
                RedisClient client = RedisClient.create("127.0.0.1", redis.port())) {
            rounds.compare(
                    "kv: put of 256 B to Redis, beside bare Jedis",
                    i -> ours.kv().put(key(i), VALUE),
                    i -> client.set(bytes(i), VALUE));
            rounds.compare(
                    "kv: get of 256 B from Redis, beside bare Jedis",
                    i -> ours.kv().get(key(i)),
                    i -> client.get(bytes(i)));
        }
    }

    private static String key(long number) {
        return "key-" + number % KEYS;
    }

    private static byte[] bytes(long number) {
        return key(number).getBytes(StandardCharsets.UTF_8);
    }
}
