package dev.treadle.benchmarks;

import dev.treadle.benchmarks.process.Cores;
import dev.treadle.benchmarks.process.KvLab;
import dev.treadle.benchmarks.process.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
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
        List<Row> rows = new ArrayList<>();
        rocks(lab, rows);
        redis(lab, rows);
        return rows;
    }

    private static void rocks(Lab lab, List<Row> rows) throws Exception {
        RocksDB.loadLibrary();
        try (KvLab ours = KvLab.embedded(lab.newFolder("kv"));
                RocksDB db = RocksDB.open(lab.newFolder("bare-rocksdb").toString())) {
            rows.add(
                    BindingRounds.compare(
                            lab,
                            "kv: put of 256 B, beside bare RocksDB",
                            i -> ours.kv().put(key(i), VALUE),
                            i -> put(db, bytes(i))));
            rows.add(
                    BindingRounds.compare(
                            lab,
                            "kv: get of 256 B, beside bare RocksDB",
                            i -> ours.kv().get(key(i)),
                            i -> get(db, bytes(i))));
        }
    }

    private static void put(RocksDB db, byte[] key) {
        try {
            db.put(key, VALUE);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void get(RocksDB db, byte[] key) {
        try {
            db.get(key);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void redis(Lab lab, List<Row> rows) throws Exception {
        Optional<RedisServer> server = RedisServer.start(lab.newFolder("redis"));
        if (server.isEmpty()) {
            System.err.println("kv: there is no redis-server (PATH, ~/.treadle/redis)");
            return;
        }
        try (RedisServer redis = server.get();
                KvLab ours = KvLab.redis(lab.newFolder("kv-redis"), redis.port());
                RedisClient client = RedisClient.create("127.0.0.1", redis.port())) {
            rows.add(
                    BindingRounds.compare(
                            lab,
                            "kv: put of 256 B to Redis, beside bare Jedis",
                            i -> ours.kv().put(key(i), VALUE),
                            i -> client.set(bytes(i), VALUE)));
            rows.add(
                    BindingRounds.compare(
                            lab,
                            "kv: get of 256 B from Redis, beside bare Jedis",
                            i -> ours.kv().get(key(i)),
                            i -> client.get(bytes(i))));
        }
    }

    private static String key(long number) {
        return "key-" + number % KEYS;
    }

    private static byte[] bytes(long number) {
        return key(number).getBytes(StandardCharsets.UTF_8);
    }
}
