package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Kv;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.redis.RedisHome;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.redis.RedisSettings.Address;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.KvContract;
import dev.treadle.testkit.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A real cluster of three servers. */
class RedisClusterKvTest extends KvContract {
    private static final int SLOTS = 16_384;
    private static final int SERVERS = 3;
    private static final AtomicInteger STORES = new AtomicInteger();
    @TempDir static Path folder;
    private static final List<RedisProcess> CLUSTER = new ArrayList<>();
    private static RedisKvProvider provider;

    @BeforeAll
    static void start() throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            Path own = Files.createDirectories(folder.resolve("s" + i));
            CLUSTER.add(RedisProcess.start(own, "--cluster-enabled", "yes"));
        }
        for (int i = 0; i < SERVERS; i++) {
            try (Jedis one = new Jedis("127.0.0.1", CLUSTER.get(i).port())) {
                one.clusterAddSlotsRange(SLOTS * i / SERVERS, SLOTS * (i + 1) / SERVERS - 1);
                one.clusterMeet("127.0.0.1", CLUSTER.getFirst().port());
            }
        }
        CLUSTER.forEach(each -> Eventually.holds(() -> isWhole(each)));
        RedisSettings settings =
                new RedisSettings(
                        List.of(new Address("127.0.0.1", CLUSTER.getFirst().port())),
                        new RedisSettings.Mode.Cluster(),
                        Optional.empty(),
                        RedisSettings.Login.NONE,
                        0);
        provider =
                new RedisKvProvider(
                        new RedisHome(settings, 8, Duration.ofSeconds(30)),
                        () -> ThreadLocalRandom.current().nextLong());
    }

    private static boolean isWhole(RedisProcess server) {
        try (Jedis one = new Jedis("127.0.0.1", server.port())) {
            String info = one.clusterInfo();
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
        }
    }

    @AfterAll
    static void stop() {
        try (RedisKvProvider _ = provider) {
            // closes it, if it was made
        } finally {
            CLUSTER.forEach(RedisProcess::close);
            CLUSTER.clear();
        }
    }

    @Override
    protected Kv fresh() {
        return bound(Optional.empty());
    }

    @Override
    protected Kv freshWithTtl() {
        return bound(Optional.of(bindingTtl()));
    }

    private static Kv bound(Optional<Duration> ttl) {
        String store = "s-" + STORES.incrementAndGet();
        return new BoundKv(provider.store(store), TestGuard.of(provider), ttl);
    }

    @Test
    void keysAreOnAllServers() {
        Kv kv = fresh();
        for (int i = 0; i < 50; i++) {
            kv.put("k" + i, "v");
        }

        for (RedisProcess server : CLUSTER) {
            try (Jedis one = new Jedis("127.0.0.1", server.port())) {
                assertThat(one.dbSize()).isPositive();
            }
        }
        assertThat(provider.text()).startsWith("redis cluster at 127.0.0.1:");
        assertThat(provider.trouble()).isEmpty();
    }
}
