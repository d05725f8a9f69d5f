package dev.treadle.registry.files;

import dev.treadle.registry.Digest;
import dev.treadle.registry.FunctionName;
import dev.treadle.registry.Registry.Watch;
import dev.treadle.registry.Split;
import dev.treadle.registry.Version;
import dev.treadle.registry.Versioned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Releases and aliases as folders of small files, one folder for each name.
 *
 * <p>Locks, outermost first: {@code open} (changes share it, closing takes it alone), the name's
 * own (held over one whole change, so changes of different names run side by side), {@code
 * catalogLock} (only to swap the catalog). Listeners are called with none of them held.
 */
final class ReleaseStore<R extends Version, D extends Versioned<R>> {
    private final Kind<R, D> kind;
    private final Changes<R, D> changes;
    private final Path folder;
    private final Disk disk;
    private final InstantSource clock;
    private final FileArtifactStore artifacts;
    private final int keptReleases;

    private final Map<String, Slot<R, D>> slots = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private final Watches watches = new Watches();
    private final Object catalogLock = new Object();
    private volatile SortedMap<String, D> catalog = Collections.emptySortedMap();
    private boolean closed;

    ReleaseStore(
            Kind<R, D> kind,
            Path folder,
            Disk disk,
            InstantSource clock,
            FileArtifactStore artifacts,
            int keptReleases) {
        this.kind = kind;
        this.changes = new Changes<>(kind);
        this.folder = folder;
        this.disk = disk;
        this.clock = clock;
        this.artifacts = artifacts;
        this.keptReleases = keptReleases;
    }

    /** Makes a release of its number and time; what it throws refuses the release. */
    interface Maker<R> {
        R make(int number, Instant created);
    }

    /** Reads all there is and removes what interrupted changes left. */
    void open() throws IOException {
        SortedMap<String, D> found = new TreeMap<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(folder, ReleaseStore::isNamed)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                slot(name).open().deployed().ifPresent(d -> found.put(name, d));
            }
        }
        for (D deployed : found.values()) {
            deployed.releases().values().forEach(r -> artifacts.adopt(r.artifact()));
        }
        catalog = Collections.unmodifiableSortedMap(found);
    }

    private static boolean isNamed(Path entry) {
        return Files.isDirectory(entry) && FunctionName.isLegal(entry.getFileName().toString());
    }

    /** All there is by name; never changes. */
    SortedMap<String, D> catalog() {
        return catalog;
    }

    /** Makes the next release and points an alias at it. */
    R add(String name, Digest artifact, String alias, Maker<R> maker) {
        Changes.requireLegalAlias(alias);
        Slot<R, D> slot = slot(name);
        R release =
                change(
                        slot,
                        () -> {
                            artifacts.retain(artifact);
                            boolean added = false;
                            try {
                                R made = add(slot, alias, maker);
                                added = true;
                                return made;
                            } finally {
                                // The maker runs code of others, which may throw errors too.
                                if (!added) {
                                    artifacts.release(artifact);
                                }
                            }
                        });
        artifacts.collect();
        return release;
    }

    private R add(Slot<R, D> slot, String alias, Maker<R> maker) throws IOException {
        SlotState<D> before = slot.state();
        R release = maker.make(before.next(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        D after = changes.add(slot.name(), before.deployed(), release, alias, keptReleases);
        slot.folder().write(release);
        commit(slot, new SlotState<>(before.next() + 1, Optional.of(after)));
        forget(slot, before, after.releases().keySet());
        return release;
    }

    D setAlias(String name, String alias, Split split) {
        Changes.requireLegalAlias(alias);
        return update(name, before -> changes.setAlias(before, alias, split));
    }

    D removeAlias(String name, String alias) {
        return update(name, before -> changes.removeAlias(before, alias));
    }

    private D update(String name, UnaryOperator<D> operation) {
        Slot<R, D> slot = known(name);
        return change(
                slot,
                () -> {
                    D before = deployed(slot);
                    D after = operation.apply(before);
                    if (!after.equals(before)) {
                        commit(slot, new SlotState<>(slot.state().next(), Optional.of(after)));
                    }
                    return after;
                });
    }

    void delete(String name) {
        Slot<R, D> slot = known(name);
        change(
                slot,
                () -> {
                    D gone = deployed(slot);
                    SlotState<D> before = slot.state();
                    commit(slot, new SlotState<>(before.next(), Optional.empty()));
                    forget(slot, before, Set.of());
                    return gone;
                });
        artifacts.collect();
    }

    Watch watch(Consumer<String> listener) {
        return watches.add(listener);
    }

    /** Waits for changes under way; none comes after it. */
    void close() {
        open.writeLock().lock();
        try {
            closed = true;
        } finally {
            open.writeLock().unlock();
        }
    }

    private <T> T change(Slot<R, D> slot, Operation<T> operation) {
        T result = locked(slot, operation);
        watches.tell();
        return result;
    }

    private <T> T locked(Slot<R, D> slot, Operation<T> operation) {
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

    private void commit(Slot<R, D> slot, SlotState<D> after) throws IOException {
        slot.folder().commit(slot.state(), after);
        slot.state(after);
        synchronized (catalogLock) {
            SortedMap<String, D> next = new TreeMap<>(catalog);
            after.deployed()
                    .ifPresentOrElse(d -> next.put(slot.name(), d), () -> next.remove(slot.name()));
            catalog = Collections.unmodifiableSortedMap(next);
            watches.note(slot.name());
        }
    }

    /** Lets go of releases that are no longer named. */
    private void forget(Slot<R, D> slot, SlotState<D> before, Set<Integer> kept) {
        SortedMap<Integer, R> gone = new TreeMap<>();
        before.deployed().ifPresent(d -> gone.putAll(d.releases()));
        gone.keySet().removeAll(kept);
        gone.values().forEach(release -> artifacts.release(release.artifact()));
        slot.folder().remove(new TreeSet<>(gone.keySet()));
    }

    private Slot<R, D> slot(String name) {
        return slots.computeIfAbsent(
                name, n -> new Slot<>(n, new SlotFolder<>(kind, folder, n, disk)));
    }

    private Slot<R, D> known(String name) {
        return Optional.ofNullable(slots.get(name)).orElseThrow(() -> kind.unknown(name));
    }

    private D deployed(Slot<R, D> slot) {
        return slot.state().deployed().orElseThrow(() -> kind.unknown(slot.name()));
    }
}
