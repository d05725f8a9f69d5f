package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.Kv;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.redis.RedisHome;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.redis.RedisSettings.Address;
import dev.treadle.bindings.redis.RedisSettings.Login;
import dev.treadle.bindings.redis.RedisSettings.Mode;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.FreePort;
import dev.treadle.testkit.KvContract;
import dev.treadle.testkit.RedisProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** One real Redis. */
class RedisKvTest extends KvContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger STORES = new AtomicInteger();
    @TempDir static Path folder;
    private static RedisProcess server;
    private static RedisKvProvider provider;

    @BeforeAll
    static void start() throws IOException {
        server = RedisProcess.start(folder);
        provider = provider(settings(Login.NONE), PATIENCE);
    }

    @AfterAll
    static void stop() {
        try (RedisProcess _ = server;
                RedisKvProvider _ = provider) {
            // closes what was started, the provider first
        }
    }

    private static RedisSettings settings(Login login) {
        return new RedisSettings(
                List.of(new Address("127.0.0.1", server.port())),
                new Mode.Standalone(),
                Optional.empty(),
                login,
                0);
    }

    private static RedisKvProvider provider(RedisSettings settings, Duration timeout) {
        return new RedisKvProvider(
                new RedisHome(settings, 8, timeout), () -> ThreadLocalRandom.current().nextLong());
    }

    @Override
    protected Kv fresh() {
        return bound(provider, Optional.empty());
    }

    @Override
    protected Kv freshWithTtl() {
        return bound(provider, Optional.of(bindingTtl()));
    }

    private static Kv bound(RedisKvProvider from, Optional<Duration> ttl) {
        String store = "s-" + STORES.incrementAndGet();
        return new BoundKv(from.store(store), TestGuard.of(from), ttl);
    }

    @Test
    void callsFailWhileTheServerIsGoneAndGoOnWhenItIsBack() throws Exception {
        Kv kv = fresh();
        inParallel(() -> kv.put("a", "v"));
        server.kill();
        try {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> kv.get("a"))
                        .isInstanceOfSatisfying(
                                BindingFailed.class,
                                failed -> {
                                    assertThat(failed.reason())
                                            .isEqualTo(BindingFailed.Reason.UNAVAILABLE);
                                    assertThat(failed.binding()).isEqualTo("cache");
                                    assertThat(failed.provider())
                                            .isEqualTo("redis at 127.0.0.1:" + server.port());
                                    assertThat(failed.code()).isEqualTo("TR-5004");
                                });
            }
            assertThat(provider.trouble()).isPresent();
        } finally {
            server.startAgain();
        }

        assertThat(kv.get("a")).isEmpty();
        inParallel(() -> kv.put("a", "w"));
        assertThat(provider.trouble()).isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        try (RedisKvProvider impatient = provider(settings(Login.NONE), Duration.ofMillis(200))) {
            Kv kv = bound(impatient, Optional.empty());
            Eventually.holds(() -> answers(kv)); // a slow machine may need longer than that
            server.freeze();
            try {
                assertThatThrownBy(() -> kv.get("a"))
                        .isInstanceOf(BindingFailed.class)
                        .hasMessageContaining("TR-5004 binding cache (redis at 127.0.0.1:")
                        .hasMessageContaining("timed out");
            } finally {
                server.thaw();
            }
            Eventually.holds(() -> answers(kv));
        }
    }

    private static boolean answers(Kv kv) {
        try {
            return kv.get("a").isEmpty();
        } catch (BindingFailed e) {
            return false;
        }
    }

    @Test
    void anInterruptedCallEnds() throws Exception {
        Kv kv = fresh();
        kv.put("a", "v");
        server.freeze();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Kv.Entry>> call = executor.submit(() -> kv.get("a"));
            executor.shutdownNow();

            assertThatThrownBy(call::get).hasCauseInstanceOf(BindingFailed.class);
        } finally {
            server.thaw();
        }
    }

    @Test
    void aServerThatWasNeverThereIsSaidToBeMissing() throws IOException {
        RedisSettings nowhere =
                new RedisSettings(
                        List.of(new Address("127.0.0.1", FreePort.next())),
                        new Mode.Standalone(),
                        Optional.empty(),
                        Login.NONE,
                        0);
        try (RedisKvProvider absent = provider(nowhere, PATIENCE)) {
            assertThat(absent.trouble().orElseThrow()).contains("Connection refused");
        }
    }

    @Test
    void aPasswordIsSentAndNeverShown() throws IOException {
        try (RedisProcess closed = RedisProcess.start(folder, "--requirepass", "s3cret")) {
            RedisSettings with = at(closed.port(), Optional.of("s3cret"));
            RedisSettings wrong = at(closed.port(), Optional.of("wr0ng"));
            try (RedisKvProvider in = provider(with, PATIENCE);
                    RedisKvProvider out = provider(wrong, PATIENCE)) {
                assertThat(in.trouble()).isEmpty();
                assertThat(out.trouble().orElseThrow())
                        .contains("WRONGPASS")
                        .doesNotContain("wr0ng");
                assertThat(with.toString() + in.text()).doesNotContain("s3cret");
            }
        }
    }

    private static RedisSettings at(int port, Optional<String> password) {
        return new RedisSettings(
                List.of(new Address("127.0.0.1", port)),
                new Mode.Standalone(),
                Optional.empty(),
                new Login(Optional.empty(), password),
                0);
    }

    @Test
    void whatOthersWroteIsNotTakenForAValue() {
        KvStore store = provider.store("foreign");
        try (RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
            client.set("treadle:kv:foreign:a", "by hand");
        }
        Kv kv = new BoundKv(store, TestGuard.of(provider), Optional.empty());

        assertThatThrownBy(() -> kv.get("a"))
                .hasMessageContaining("TR-5005")
                .hasMessageContaining("was not written by Treadle");
        assertThatThrownBy(() -> kv.add("a", 1)).hasMessageContaining("TR-5005");
    }

    @Test
    void aServerThatRefusesIsAFailureOfItsOwn() throws IOException {
        try (RedisProcess full = RedisProcess.start(folder, "--maxmemory", "1");
                RedisKvProvider there = provider(at(full.port(), Optional.empty()), PATIENCE)) {
            Kv kv = bound(there, Optional.empty());

            assertThatThrownBy(() -> kv.put("a", "v".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(BindingFailed.class)
                    .hasMessageContaining("TR-5005")
                    .hasMessageContaining("OOM");
        }
    }

    private static void inParallel(Runnable work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(executor.submit(work));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }
}
