package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.Kv;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.testkit.Eventually;
import dev.treadle.testkit.KvContract;
import dev.treadle.testkit.NatsProcess;
import dev.treadle.testkit.NatsRelease;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nats-server, a current one. */
class NatsKvTest extends KvContract {
    private static final AtomicInteger STORES = new AtomicInteger();
    @TempDir Path folder;
    private NatsProcess server;
    private Connection connection;
    private NatsKvProvider provider;

    NatsRelease release() {
        return NatsRelease.CURRENT;
    }

    @BeforeEach
    void start() throws Exception {
        server = NatsProcess.start(release(), Files.createDirectories(folder.resolve("nats")));
        connection =
                Nats.connect(
                        Options.builder()
                                .server(server.url())
                                .maxReconnects(-1)
                                .reconnectWait(Duration.ofMillis(50))
                                .build());
        provider =
                new NatsKvProvider(
                        new NatsAccess(this::connected, () -> "not connected"),
                        1,
                        Duration.ofSeconds(30),
                        InstantSource.system());
    }

    private Optional<Connection> connected() {
        return connection.getStatus() == Connection.Status.CONNECTED
                ? Optional.of(connection)
                : Optional.empty();
    }

    @AfterEach
    void stop() throws Exception {
        try (NatsProcess _ = server) {
            if (connection != null) {
                connection.close();
            }
        }
    }

    @Override
    protected Kv fresh() {
        return bound("s-" + STORES.incrementAndGet(), Optional.empty());
    }

    @Override
    protected Kv freshWithTtl() {
        return bound("s-" + STORES.incrementAndGet(), Optional.of(bindingTtl()));
    }

    private Kv bound(String store, Optional<Duration> ttl) {
        return new BoundKv(provider.store(store), TestGuard.of(provider), ttl);
    }

    @Test
    void callsFailWhileTheServerIsGoneAndGoOnWhenItIsBack() throws Exception {
        Kv kv = fresh();
        kv.put("a", "v");
        server.kill();
        Eventually.holds(() -> connected().isEmpty());
        try {
            assertThatThrownBy(() -> kv.get("a"))
                    .isInstanceOf(BindingFailed.class)
                    .hasMessageContaining("TR-5004")
                    .hasMessageContaining("not connected");
            assertThat(provider.trouble()).hasValue("not connected");
        } finally {
            server.startAgain();
        }
        Eventually.holds(() -> connected().isPresent());

        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("v");
        assertThat(provider.trouble()).isEmpty();
    }

    @Test
    void whatHasEndedLeavesTheBucketWhenItIsSeen() throws Exception {
        Kv kv = bound("ended", Optional.empty());
        kv.put("a", "v".getBytes(StandardCharsets.UTF_8), bindingTtl());
        Eventually.holds(() -> kv.get("a").isEmpty());

        assertThat(connection.keyValue("TREADLE_KV_ended").keys()).isEmpty();
    }

    @Test
    void aBucketThatIsGoneIsMadeAnew() throws IOException, JetStreamApiException {
        Kv kv = bound("gone", Optional.empty());
        kv.put("a", "v");
        connection.keyValueManagement().delete("TREADLE_KV_gone");

        Eventually.holds(() -> putWorks(kv));
        assertThat(kv.get("a").orElseThrow().text()).isEqualTo("w");
    }

    private static boolean putWorks(Kv kv) {
        try {
            kv.put("a", "w");
            return true;
        } catch (BindingFailed e) {
            return false;
        }
    }
}
