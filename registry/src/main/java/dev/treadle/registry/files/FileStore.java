package dev.treadle.registry.files;

import dev.treadle.registry.DeployedFunction;
import dev.treadle.registry.DeployedModel;
import dev.treadle.registry.ModelRelease;
import dev.treadle.registry.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A folder with functions, models and their artifacts. One process at a time has it open.
 *
 * <p>What a method has done when it returns outlives a crash of the process and of the machine;
 * what was interrupted leaves no trace but files that the next open removes.
 */
public final class FileStore implements AutoCloseable {
    /** How many releases of a function are kept, besides those that an alias needs. */
    public static final int KEPT_RELEASES = 50;

    /** As {@link #KEPT_RELEASES}, of a model: its files are large. */
    public static final int KEPT_MODEL_RELEASES = 10;

    /** How long an artifact stays that no release uses. */
    public static final Duration ARTIFACT_GRACE = Duration.ofMinutes(15);

    private final ReleaseStore<Release, DeployedFunction> functions;
    private final ReleaseStore<ModelRelease, DeployedModel> models;
    private final FileArtifactStore artifacts;
    private final FolderLock lock;

    private FileStore(
            ReleaseStore<Release, DeployedFunction> functions,
            ReleaseStore<ModelRelease, DeployedModel> models,
            FileArtifactStore artifacts,
            FolderLock lock) {
        this.functions = functions;
        this.models = models;
        this.artifacts = artifacts;
        this.lock = lock;
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
        Path bytes = child(folder, "artifacts", disk);
        Path functionFolder = child(folder, "functions", disk);
        Path modelFolder = child(folder, "models", disk);
        disk.force(folder);
        FileArtifactStore artifacts = new FileArtifactStore(bytes, disk, clock, artifactGrace);
        artifacts.open();
        ReleaseStore<Release, DeployedFunction> functions =
                new ReleaseStore<>(
                        new FunctionKind(), functionFolder, disk, clock, artifacts, keptReleases);
        functions.open();
        ReleaseStore<ModelRelease, DeployedModel> models =
                new ReleaseStore<>(
                        new ModelKind(),
                        modelFolder,
                        disk,
                        clock,
                        artifacts,
                        Math.min(keptReleases, KEPT_MODEL_RELEASES));
        models.open();
        artifacts.collect();
        return new FileStore(functions, models, artifacts, lock);
    }

    private static Path child(Path folder, String name, Disk disk) throws IOException {
        Path child = folder.resolve(name);
        disk.createDirectory(child);
        return child;
    }

    public FileRegistry registry() {
        return new FileRegistry(functions);
    }

    public FileModelRegistry models() {
        return new FileModelRegistry(models);
    }

    public FileArtifactStore artifacts() {
        return artifacts;
    }

    /** Waits for changes under way, then lets go of the folder. */
    @Override
    public void close() {
        functions.close();
        models.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of the store's folder", e);
        }
    }
}
