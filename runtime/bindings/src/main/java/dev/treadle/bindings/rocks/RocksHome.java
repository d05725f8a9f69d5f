package dev.treadle.bindings.rocks;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A RocksDB that is opened when it is first wanted, and swept from then on. Safe for threads. */
public final class RocksHome implements AutoCloseable {
    private final Path path;
    private final InstantSource clock;
    private volatile @Nullable RocksFolder folder;

    /** Guarded by this. */
    private @Nullable Sweeper sweeper;

    /** Guarded by this. */
    private boolean closed;

    public RocksHome(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** What is open; opens it first where need be, and tries again after a failure. */
    public RocksFolder folder() {
        RocksFolder known = folder;
        return known == null ? open() : known;
    }

    private synchronized RocksFolder open() {
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        RocksFolder known = folder;
        if (known == null) {
            known = RocksFolder.open(path);
            folder = known;
            sweeper = Sweeper.start(path.getFileName().toString(), known, clock);
        }
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (sweeper != null) {
            sweeper.close();
        }
        RocksFolder known = folder;
        if (known != null) {
            folder = null;
            known.close();
        }
    }
}
