package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.treadle.Kv;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.testkit.KvContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksKvTest extends KvContract {
    @TempDir Path folder;
    private RocksHome home;
    private int stores;

    @BeforeEach
    void open() {
        home = new RocksHome(folder.resolve("kv"), InstantSource.system());
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Override
    protected Kv fresh() {
        return bound(Optional.empty());
    }

    @Override
    protected Kv freshWithTtl() {
        return bound(Optional.of(bindingTtl()));
    }

    private Kv bound(Optional<Duration> ttl) {
        KvProvider provider = provider(home, InstantSource.system());
        return new BoundKv(provider.store("s-" + stores++), TestGuard.of(provider), ttl);
    }

    private static KvProvider provider(RocksHome home, InstantSource clock) {
        return new RocksKvProvider(home, false, new SplittableRandom(1)::nextLong, clock);
    }

    @Test
    void whatIsPutOutlivesTheFolder() {
        KvStore store = provider(home, InstantSource.system()).store("a");
        long version = store.put("key", bytes("value"), Optional.empty());
        home.close();

        try (RocksHome again = new RocksHome(folder.resolve("kv"), InstantSource.system())) {
            Kv.Entry entry =
                    provider(again, InstantSource.system()).store("a").get("key").orElseThrow();
            assertThat(entry.text()).isEqualTo("value");
            assertThat(entry.version()).isEqualTo(version);
        }
    }

    @Test
    void aSweepTakesAwayWhatHasEndedAndNothingElse() {
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        KvStore store = provider(home, () -> now).store("a");
        store.put("ends", bytes("v"), Optional.of(Duration.ofMinutes(1)));
        store.put("later", bytes("v"), Optional.of(Duration.ofHours(1)));
        store.put("anew", bytes("v"), Optional.of(Duration.ofMinutes(1)));
        store.put("anew", bytes("v"), Optional.empty());
        Instant then = now.plus(Duration.ofMinutes(2));

        assertThat(home.folder().sweep(then.toEpochMilli(), 1000)).isEqualTo(2);
        assertThat(home.folder().sweep(then.toEpochMilli(), 1000)).isZero();
        assertThat(home.folder().get(bytes("a\0ends"))).isNull();
        KvStore after = provider(home, () -> then).store("a");
        assertThat(after.get("later")).isPresent();
        assertThat(after.get("anew")).isPresent();
    }

    @Test
    void aScanIsInTheOrderOfTheKeys() {
        KvStore store = provider(home, InstantSource.system()).store("a");
        for (String key : new String[] {"b", "a", "é", "c", "B"}) {
            store.put(key, bytes("v"), Optional.empty());
        }

        assertThat(store.scan("", 10, Optional.empty()).entries())
                .extracting(Kv.Entry::key)
                .containsExactly("B", "a", "b", "c", "é");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
