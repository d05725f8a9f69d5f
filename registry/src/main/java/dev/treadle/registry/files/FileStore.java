package dev.treadle.registry.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A folder with a registry and its artifacts. One process at a time has it open.
 *
 * <p>What a method has done when it returns outlives a crash of the process and of the machine;
 * what was interrupted leaves no trace but files that the next open removes.
 */
public final class FileStore implements AutoCloseable {
    /** How many releases of a function are kept, besides those that an alias needs. */
    public static final int KEPT_RELEASES = 50;

    /** How long an artifact stays that no release uses. */
    public static final Duration ARTIFACT_GRACE = Duration.ofMinutes(15);

    private final FileRegistry registry;
    private final FileArtifactStore artifacts;

    private FileStore(FileRegistry registry, FileArtifactStore artifacts) {
        this.registry = registry;
        this.artifacts = artifacts;
    }

    /**
     * Opens a folder, which is made when it is not there.
     *
     * @throws FileStoreException when another process has it, or a file in it is damaged
     * @throws UncheckedIOException when it cannot be read or written
     */
    public static FileStore open(Path folder, InstantSource clock) {
        return open(folder, clock, KEPT_RELEASES, ARTIFACT_GRACE);
    }

    /** As {@link #open(Path, InstantSource)}, with other bounds. */
    public static FileStore open(
            Path folder, InstantSource clock, int keptReleases, Duration artifactGrace) {
        return open(folder, clock, keptReleases, artifactGrace, new RealDisk());
    }

    static FileStore open(
            Path folder, InstantSource clock, int keptReleases, Duration artifactGrace, Disk disk) {
        try {
            Files.createDirectories(folder);
            FolderLock lock = FolderLock.take(folder, clock.instant());
            boolean opened = false;
            try {
                FileStore store = open(folder, clock, keptReleases, artifactGrace, disk, lock);
                opened = true;
                return store;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot open the store in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static FileStore open(
            Path folder,
            InstantSource clock,
            int keptReleases,
            Duration artifactGrace,
            Disk disk,
            FolderLock lock)
            throws IOException {
        Path jars = folder.resolve("artifacts");
        Path functions = folder.resolve("functions");
        disk.createDirectory(jars);
        disk.createDirectory(functions);
        disk.force(folder);
        FileArtifactStore artifacts = new FileArtifactStore(jars, disk, clock, artifactGrace);
        artifacts.open();
        FileRegistry registry =
                new FileRegistry(
                        functions, disk, clock, artifacts, keptReleases, () -> close(lock));
        registry.open();
        artifacts.collect();
        return new FileStore(registry, artifacts);
    }

    public FileRegistry registry() {
        return registry;
    }

    public FileArtifactStore artifacts() {
        return artifacts;
    }

    /** Waits for changes under way, then lets go of the folder. */
    @Override
    public void close() {
        registry.close();
    }

    private static void close(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of the store's folder", e);
        }
    }
}
