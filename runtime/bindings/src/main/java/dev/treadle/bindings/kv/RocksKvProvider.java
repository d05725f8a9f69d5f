package dev.treadle.bindings.kv;

import dev.treadle.bindings.rocks.RocksHome;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The embedded provider: stores in the node's own RocksDB. */
public final class RocksKvProvider implements KvProvider {
    private final RocksHome home;
    private final boolean fsync;
    private final Versions versions;
    private final InstantSource clock;

    /**
     * @param home stays the caller's to close
     * @param fsync whether a write is on the disk before it is done
     */
    public RocksKvProvider(
            RocksHome home, boolean fsync, RandomGenerator random, InstantSource clock) {
        this.home = home;
        this.fsync = fsync;
        this.versions = new Versions(random);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public String text() {
        return "rocksdb in " + home.path();
    }

    @Override
    public KvStore store(String name) {
        return new RocksKv(home, name, fsync, versions, clock);
    }

    @Override
    public Optional<String> trouble() {
        return home.trouble();
    }

    @Override
    public void close() {}
}
