package dev.treadle.registry.files;

import static dev.treadle.registry.RegistryException.Reason.UNKNOWN_FUNCTION;

import dev.treadle.registry.Catalog;
import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Manifest;
import dev.treadle.registry.Registry;
import dev.treadle.registry.RegistryException;
import dev.treadle.registry.Release;
import dev.treadle.registry.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Functions as folders of small files.
 *
 * <p>Locks, outermost first: {@code open} (changes share it, closing takes it alone), the
 * function's own (held over one whole change, so changes of different functions run side by side),
 * {@code catalogLock} (only to swap the catalog). Listeners are called with none of them held.
 */
public final class FileRegistry implements Registry {
    private final Path folder;
    private final Disk disk;
    private final InstantSource clock;
    private final FileArtifactStore artifacts;
    private final int keptReleases;
    private final Runnable onClose;

    private final Map<FunctionName, FunctionSlot> slots = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private final Watches watches = new Watches();
    private final Object catalogLock = new Object();
    private volatile Snapshot catalog = new Snapshot(Map.of());
    private boolean closed;

    FileRegistry(
            Path folder,
            Disk disk,
            InstantSource clock,
            FileArtifactStore artifacts,
            int keptReleases,
            Runnable onClose) {
        this.folder = folder;
        this.disk = disk;
        this.clock = clock;
        this.artifacts = artifacts;
        this.keptReleases = keptReleases;
        this.onClose = onClose;
    }

    /** Reads all functions and removes what interrupted changes left. */
    void open() throws IOException {
        Map<FunctionName, DeployedFunction> functions = new TreeMap<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(folder, FileRegistry::isFunction)) {
            for (Path entry : entries) {
                FunctionName name = new FunctionName(entry.getFileName().toString());
                slot(name).open().deployed().ifPresent(f -> functions.put(name, f));
            }
        }
        for (DeployedFunction function : functions.values()) {
            function.releases().values().forEach(r -> artifacts.adopt(r.artifact()));
        }
        catalog = new Snapshot(functions);
    }

    private static boolean isFunction(Path entry) {
        return Files.isDirectory(entry) && FunctionName.isLegal(entry.getFileName().toString());
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Release deploy(Manifest manifest, Digest artifact, String alias, Check check) {
        Changes.requireLegalAlias(alias);
        FunctionSlot slot = slot(manifest.name());
        Release release =
                change(
                        slot,
                        () -> {
                            artifacts.retain(artifact);
                            boolean deployed = false;
                            try {
                                Release made = deploy(slot, manifest, artifact, alias, check);
                                deployed = true;
                                return made;
                            } finally {
                                // The check runs code of others, which may throw errors too.
                                if (!deployed) {
                                    artifacts.release(artifact);
                                }
                            }
                        });
        artifacts.collect();
        return release;
    }

    private Release deploy(
            FunctionSlot slot, Manifest manifest, Digest artifact, String alias, Check check)
            throws IOException {
        FunctionState before = slot.state();
        Release release =
                new Release(
                        before.next(),
                        manifest,
                        artifact,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        check.accept(release);
        DeployedFunction after = Changes.deploy(before.deployed(), release, alias, keptReleases);
        slot.folder().write(release);
        commit(slot, new FunctionState(before.next() + 1, Optional.of(after)));
        forget(slot, before, after.releases().keySet());
        return release;
    }

    @Override
    public DeployedFunction setAlias(FunctionName function, String alias, Split split) {
        Changes.requireLegalAlias(alias);
        return update(function, before -> Changes.setAlias(before, alias, split));
    }

    @Override
    public DeployedFunction removeAlias(FunctionName function, String alias) {
        return update(function, before -> Changes.removeAlias(before, alias));
    }

    private DeployedFunction update(
            FunctionName function, UnaryOperator<DeployedFunction> operation) {
        FunctionSlot slot = known(function);
        return change(
                slot,
                () -> {
                    DeployedFunction before = deployed(slot);
                    DeployedFunction after = operation.apply(before);
                    if (!after.equals(before)) {
                        commit(slot, new FunctionState(slot.state().next(), Optional.of(after)));
                    }
                    return after;
                });
    }

    @Override
    public void delete(FunctionName function) {
        FunctionSlot slot = known(function);
        change(
                slot,
                () -> {
                    DeployedFunction gone = deployed(slot);
                    FunctionState before = slot.state();
                    commit(slot, new FunctionState(before.next(), Optional.empty()));
                    forget(slot, before, Set.of());
                    return gone;
                });
        artifacts.collect();
    }

    @Override
    public Watch watch(Consumer<FunctionName> listener) {
        return watches.add(listener);
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                onClose.run();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    private <T> T change(FunctionSlot slot, Operation<T> operation) {
        T result = locked(slot, operation);
        watches.tell();
        return result;
    }

    private <T> T locked(FunctionSlot slot, Operation<T> operation) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the registry in " + folder + " is closed");
            }
            return slot.locked(operation);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s is unchanged, the store could not be written: %s"
                            .formatted(slot.name(), e.getMessage()),
                    e);
        } finally {
            open.readLock().unlock();
        }
    }

    private void commit(FunctionSlot slot, FunctionState after) throws IOException {
        slot.folder().commit(slot.state(), after);
        slot.state(after);
        synchronized (catalogLock) {
            catalog = catalog.with(slot.name(), after.deployed());
            watches.note(slot.name());
        }
    }

    /** Lets go of releases that are no longer named. */
    private void forget(FunctionSlot slot, FunctionState before, Set<Integer> kept) {
        Map<Integer, Release> gone = new TreeMap<>();
        before.deployed().ifPresent(d -> gone.putAll(d.releases()));
        gone.keySet().removeAll(kept);
        gone.values().forEach(release -> artifacts.release(release.artifact()));
        slot.folder().remove(new TreeSet<>(gone.keySet()));
    }

    private FunctionSlot slot(FunctionName name) {
        return slots.computeIfAbsent(
                name, n -> new FunctionSlot(n, new FunctionFolder(folder, n, disk)));
    }

    private FunctionSlot known(FunctionName name) {
        return Optional.ofNullable(slots.get(name)).orElseThrow(() -> unknown(name));
    }

    private static DeployedFunction deployed(FunctionSlot slot) {
        return slot.state().deployed().orElseThrow(() -> unknown(slot.name()));
    }

    private static RegistryException unknown(FunctionName name) {
        return new RegistryException(UNKNOWN_FUNCTION, "there is no function " + name);
    }
}
