package dev.treadle.benchmarks.process;

import dev.treadle.Kv;
import dev.treadle.bindings.BindingMeter;
import dev.treadle.bindings.Capacity;
import dev.treadle.bindings.Guard;
import dev.treadle.bindings.Turnstile;
import dev.treadle.bindings.kv.BoundKv;
import dev.treadle.bindings.kv.KvProvider;
import dev.treadle.bindings.kv.KvProviders;
import dev.treadle.bindings.kv.KvSettings;
import dev.treadle.bindings.kv.KvStore;
import dev.treadle.bindings.nats.NatsAccess;
import dev.treadle.bindings.redis.RedisSettings;
import dev.treadle.bindings.rocks.RocksHome;
import dev.treadle.testkit.TestCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Keys and values as calls of functions have them, without a node, and load on them. */
public final class KvLab implements AutoCloseable {
    /** So many callers at once, as many as a pool of Jedis has connections by itself. */
    private static final int CALLERS = 8;

    private final RocksHome home;
    private final KvProvider provider;
    private final KvStore store;
    private final Turnstile turnstile = new Turnstile(128, 1000);
    private final BindingMeter meter = new BindingMeter();

    private KvLab(Path folder, KvSettings.Source source) {
        InstantSource clock = InstantSource.system();
        this.home = new RocksHome(folder, clock);
        this.provider =
                new KvProviders(
                                home,
                                NatsAccess.NONE,
                                () -> ThreadLocalRandom.current().nextLong(),
                                clock)
                        .provider(new KvSettings(Capacity.DEFAULT, source));
        this.store = provider.store("bench");
    }

    /** In a RocksDB in this folder. */
    public static KvLab embedded(Path folder) {
        return new KvLab(folder, new KvSettings.RocksDb(false));
    }

    /** In the Redis at this port. */
    public static KvLab redis(Path folder, int port) {
        return new KvLab(
                folder,
                new KvSettings.Redis(
                        new RedisSettings(
                                List.of(new RedisSettings.Address("127.0.0.1", port)),
                                new RedisSettings.Mode.Standalone(),
                                Optional.empty(),
                                RedisSettings.Login.NONE,
                                0)));
    }

    /** What {@code context.kv} gives to one call. */
    public Kv kv() {
        Guard guard =
                new Guard(
                        "cache",
                        provider,
                        turnstile,
                        meter,
                        TestCall.PATIENT,
                        Capacity.DEFAULT.timeout());
        return new BoundKv(store, guard, Optional.empty());
    }

    /** How often a second it can be done by eight callers, who go on for so long. */
    public static double rate(LongConsumer work, Duration each) throws InterruptedException {
        LongAdder done = new LongAdder();
        long began = System.nanoTime();
        long end = began + each.toNanos();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                long first = i * 1_000_003L;
                callers.execute(
                        () -> {
                            for (long n = first; System.nanoTime() - end < 0; n++) {
                                work.accept(n);
                                done.increment();
                            }
                        });
            }
        }
        return done.sum() * 1e9 / (System.nanoTime() - began);
    }

    @Override
    public void close() {
        provider.close();
        home.close();
    }
}
