package dev.treadle.bindings.rocks;

import dev.treadle.BindingFailed.Reason;
import dev.treadle.bindings.StoreFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A RocksDB that is opened when it is first wanted, and swept from then on. Safe for threads. */
public final class RocksHome implements AutoCloseable {
    private final Path path;
    private final InstantSource clock;
    private final UnaryOperator<byte[]> lockedPart;
    private volatile @Nullable RocksFolder folder;

    /** What the last try to open it ended with. */
    private volatile @Nullable StoreFailure failure;

    /** Guarded by this. */
    private @Nullable Sweeper sweeper;

    /** Guarded by this. */
    private boolean closed;

    /** One in which each record has a lock of its own. */
    public RocksHome(Path path, InstantSource clock) {
        this(path, clock, UnaryOperator.identity());
    }

    /**
     * One in which several records share a lock.
     *
     * @param lockedPart what is the same in their keys
     */
    public RocksHome(Path path, InstantSource clock, UnaryOperator<byte[]> lockedPart) {
        this.path = path;
        this.clock = clock;
        this.lockedPart = lockedPart;
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

    /** Why it could not be opened; empty when it could, or when nobody has wanted it yet. */
    public Optional<String> trouble() {
        return Optional.ofNullable(failure).map(StoreFailure::detail);
    }

    private synchronized RocksFolder open() {
        if (closed) {
            throw new StoreFailure(Reason.UNAVAILABLE, "the node is stopping", null);
        }
        RocksFolder known = folder;
        if (known == null) {
            try {
                known = RocksFolder.open(path, lockedPart);
            } catch (StoreFailure e) {
                failure = e;
                throw e;
            }
            failure = null;
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
