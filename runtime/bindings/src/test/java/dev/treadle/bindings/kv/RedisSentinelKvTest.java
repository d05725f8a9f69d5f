package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.BindingFailed;
import dev.treadle.Kv;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.redis.RedisHome;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.redis.RedisSettings.Address;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A real master, a replica and a sentinel: what holds when the master dies. */
class RedisSentinelKvTest {
    @TempDir Path folder;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!toClose.isEmpty()) {
            toClose.pop().close();
        }
    }

    @Test
    void callsGoOnAtTheNewMaster() throws Exception {
        RedisProcess master = server("master");
        RedisProcess replica = server("replica", "--replicaof", "127.0.0.1", "" + master.port());
        RedisProcess sentinel = sentinel(master);
        Eventually.holds(() -> knowsAReplica(sentinel));
        RedisKvProvider provider = provider(sentinel);
        toClose.push(provider);
        Kv kv = new BoundKv(provider.store("a"), TestGuard.of(provider), Optional.empty());
        kv.put("key", "before");
        Eventually.holds(() -> isThere(replica));

        master.kill();

        Eventually.holds(() -> putWorks(kv));
        assertThat(kv.get("key").orElseThrow().text()).isEqualTo("before");
        assertThat(kv.get("new").orElseThrow().text()).isEqualTo("after");
    }

    private RedisProcess server(String name, String... more) throws IOException {
        RedisProcess server =
                RedisProcess.start(Files.createDirectories(folder.resolve(name)), more);
        toClose.push(server);
        return server;
    }

    private RedisProcess sentinel(RedisProcess master) throws IOException {
        Path own = Files.createDirectories(folder.resolve("sentinel"));
        Path config =
                Files.writeString(
                        own.resolve("sentinel.conf"),
                        """
                        sentinel monitor mymaster 127.0.0.1 %d 1
                        sentinel down-after-milliseconds mymaster 1000
                        sentinel failover-timeout mymaster 2000
                        """
                                .formatted(master.port()));
        RedisProcess sentinel = RedisProcess.start(own, config.toString(), "--sentinel");
        toClose.push(sentinel);
        return sentinel;
    }

    private static boolean knowsAReplica(RedisProcess sentinel) {
        try (Jedis one = new Jedis("127.0.0.1", sentinel.port())) {
            return one.info().contains("slaves=1");
        }
    }

    private static boolean isThere(RedisProcess replica) {
        try (Jedis one = new Jedis("127.0.0.1", replica.port())) {
            return one.exists("treadle:kv:a:key");
        }
    }

    private static boolean putWorks(Kv kv) {
        try {
            kv.put("new", "after");
            return true;
        } catch (BindingFailed e) {
            return false;
        }
    }

    private static RedisKvProvider provider(RedisProcess sentinel) {
        RedisSettings settings =
                new RedisSettings(
                        List.of(new Address("127.0.0.1", sentinel.port())),
                        new RedisSettings.Mode.Sentinel("mymaster"),
                        Optional.empty(),
                        RedisSettings.Login.NONE,
                        0);
        return new RedisKvProvider(
                new RedisHome(settings, 8, Duration.ofSeconds(10)),
                () -> ThreadLocalRandom.current().nextLong());
    }
}
