package dev.treadle.bindings.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.BindingFailed;
import dev.treadle.Kv;
import dev.treadle.bindings.TestGuard;
import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.testkit.KvContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a cached binding sees. For who writes through the node as well it is a store like any other.
 */
class CachedKvTest extends KvContract {
    private static final Duration AGE = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final int LARGE = 64 << 10;

    @TempDir Path folder;
    private final AtomicLong nanos = new AtomicLong(7);
    private final AtomicInteger hits = new AtomicInteger();
    private ReadCache cache;
    private RocksHome home;
    private KvProvider provider;
    private int stores;

    @BeforeEach
    void open() {
        InstantSource clock = InstantSource.system();
        cache = new ReadCache(1 << 20, nanos::get);
        home = new RocksHome(folder, clock);
        provider =
                new RocksKvProvider(
                        home, false, () -> ThreadLocalRandom.current().nextLong(), clock);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Override
    protected Kv fresh() {
        return contractual(Optional.empty());
    }

    @Override
    protected Kv freshWithTtl() {
        return contractual(Optional.of(bindingTtl()));
    }

    /** With copies that live for a moment, so that the end of a key's time is seen. */
    private Kv contractual(Optional<Duration> ttl) {
        String name = "s-" + stores++;
        ReadCache real = new ReadCache(1 << 20, System::nanoTime);
        WatchedKv watched = new WatchedKv(provider.store(name), name, real);
        Kv kv = new BoundKv(watched, TestGuard.of(provider), ttl);
        return new CachedKv(kv, name, real, MOMENT, hits::incrementAndGet);
    }

    private Kv seen(KvStore store, String name) {
        WatchedKv watched = new WatchedKv(store, name, cache);
        Kv kv = new BoundKv(watched, TestGuard.of(provider), Optional.empty());
        return new CachedKv(kv, name, cache, AGE, hits::incrementAndGet);
    }

    @Test
    void whatOthersWriteIsSeenWhenTheCopyIsOldEnough() {
        KvStore store = provider.store("a");
        Kv kv = seen(store, "a");
        kv.put("k", "old");
        assertThat(text(kv)).hasValue("old");
        store.put("k", bytes("new"), Optional.empty());
        store.put("later", bytes("v"), Optional.empty());

        nanos.addAndGet(AGE.toNanos() - 1);
        assertThat(text(kv)).hasValue("old");
        assertThat(hits).hasValue(1);
        nanos.addAndGet(1);
        assertThat(text(kv)).hasValue("new");
        assertThat(hits).hasValue(1);
    }

    @Test
    void thatNothingIsThereIsKeptToo() {
        KvStore store = provider.store("a");
        Kv kv = seen(store, "a");
        assertThat(kv.get("k")).isEmpty();
        store.put("k", bytes("new"), Optional.empty());

        assertThat(kv.get("k")).isEmpty();
        nanos.addAndGet(AGE.toNanos() + 1);
        assertThat(kv.get("k")).isPresent();
    }

    @Test
    void writesThroughTheNodeAreSeenAtOnceUnderAnyBinding() {
        KvStore store = provider.store("a");
        Kv kv = seen(store, "a");
        Kv other =
                new BoundKv(
                        new WatchedKv(store, "a", cache), TestGuard.of(provider), Optional.empty());
        assertThat(kv.get("k")).isEmpty();
        other.put("k", "1");
        assertThat(text(kv)).hasValue("1");
        other.add("k", 1);
        assertThat(text(kv)).hasValue("2");
        other.delete("k");
        assertThat(kv.get("k")).isEmpty();
        other.create("k", bytes("3"));
        assertThat(text(kv)).hasValue("3");
        assertThat(text(kv)).hasValue("3");
        assertThat(hits).hasValue(1);
    }

    @Test
    void aReplaceThatFailsMakesTheNextReadAnew() {
        KvStore store = provider.store("a");
        Kv kv = seen(store, "a");
        kv.put("k", "old");
        long old = kv.get("k").orElseThrow().version();
        store.put("k", bytes("new"), Optional.empty());

        assertThat(kv.get("k").orElseThrow().version()).isEqualTo(old);
        assertThat(kv.replace("k", old, bytes("mine"))).isEqualTo(OptionalLong.empty());
        Kv.Entry now = kv.get("k").orElseThrow();
        assertThat(now.text()).isEqualTo("new");
        assertThat(kv.replace("k", now.version(), bytes("mine"))).isPresent();
    }

    @Test
    void aReadThatAWriteOvertookIsNotKept() {
        KvStore store = provider.store("a");
        KvStore watched = new WatchedKv(store, "a", cache);
        assertThat(
                        cache.get(
                                "a",
                                "k",
                                AGE,
                                () -> {
                                    Optional<Kv.Entry> before = store.get("k");
                                    watched.put("k", bytes("new"), Optional.empty());
                                    return before;
                                },
                                hits::incrementAndGet))
                .isEmpty();

        assertThat(text(seen(store, "a"))).hasValue("new");
    }

    @Test
    void aWriteOfWhichNobodyKnowsWhetherItTookPlaceCounts() {
        KvStore store = provider.store("a");
        Kv kv = seen(store, "a");
        kv.put("k", "old");
        assertThat(text(kv)).hasValue("old");
        KvStore lost = new LostAnswers(store);
        assertThatThrownBy(() -> seen(lost, "a").put("k", "new")).isInstanceOf(BindingFailed.class);

        assertThat(text(kv)).hasValue("new");
    }

    @Test
    void theCallersCopyIsItsOwn() {
        Kv kv = seen(provider.store("a"), "a");
        kv.put("k", "value");
        kv.get("k").orElseThrow().value()[0] = 'X';
        kv.get("k").orElseThrow().value()[0] = 'Y';

        assertThat(text(kv)).hasValue("value");
        assertThat(hits).hasValue(2);
    }

    @Test
    void copiesTakeNoMoreRoomThanTheyMay() {
        Kv kv = seen(provider.store("a"), "a");
        for (int i = 0; i < 100; i++) {
            kv.put("k" + i, new byte[LARGE]);
            kv.get("k" + i);
        }
        for (int i = 0; i < 100; i++) {
            kv.get("k" + i);
        }
        assertThat(hits.get()).isLessThanOrEqualTo((1 << 20) / LARGE);
    }

    private static Optional<String> text(Kv kv) {
        return kv.get("k").map(Kv.Entry::text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
