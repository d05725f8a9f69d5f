package dev.treadle.cli.dev;

import dev.treadle.cli.build.SourceTree;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells which files were saved. Build output, hidden files and editors' copies are left out, and so
 * is what lies below them. {@link #next} is for one thread; {@link #close} for any.
 */
public final class FileWatch implements AutoCloseable {
    /** How long it must be quiet before a burst of saves counts as over; editors write in steps. */
    private static final Duration QUIET = Duration.ofMillis(12);

    /** A burst longer than this (a checkout) is told in parts. */
    private static final Duration BURST_MAX = Duration.ofMillis(500);

    private final Path top;
    private final WatchService service;
    private final boolean deep;
    private final Map<WatchKey, Path> folders = new HashMap<>();

    private FileWatch(Path top, WatchService service, boolean deep) {
        this.top = top;
        this.service = service;
        this.deep = deep;
    }

    /** Watches the files of one folder. */
    public static FileWatch shallow(Path folder) throws IOException {
        return open(folder, false);
    }

    /** Watches a folder and all below it, also what comes to be there later. */
    public static FileWatch deep(Path folder) throws IOException {
        return open(folder, true);
    }

    private static FileWatch open(Path folder, boolean deep) throws IOException {
        FileWatch watch = new FileWatch(folder, folder.getFileSystem().newWatchService(), deep);
        watch.add(folder, new TreeSet<>());
        return watch;
    }

    /** Waits for a burst of saves and for its end. Empty when this was closed meanwhile. */
    public Set<Path> next() throws IOException, InterruptedException {
        Set<Path> changed = new TreeSet<>();
        try {
            while (changed.isEmpty()) {
                take(service.take(), changed);
            }
            long end = System.nanoTime() + BURST_MAX.toNanos();
            for (Optional<WatchKey> key = quiet(); key.isPresent(); key = quiet()) {
                take(key.get(), changed);
                if (System.nanoTime() > end) {
                    break;
                }
            }
        } catch (ClosedWatchServiceException e) {
            return Set.of();
        }
        return changed;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }

    private Optional<WatchKey> quiet() throws InterruptedException {
        return Optional.ofNullable(service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void take(WatchKey key, Set<Path> changed) throws IOException {
        Path folder = folders.get(key);
        if (folder == null) {
            return;
        }
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                changed.add(folder);
            } else {
                take(folder.resolve((Path) event.context()), event.kind(), changed);
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
    }

    private void take(Path path, WatchEvent.Kind<?> kind, Set<Path> changed) throws IOException {
        if (!isOurs(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            changed.add(path);
        } else if (deep && kind.equals(StandardWatchEventKinds.ENTRY_CREATE)) {
            add(path, changed);
        }
    }

    private boolean isOurs(Path path) {
        return SourceTree.isAuthors(path) && !SourceTree.isOutput(top, path);
    }

    /** Watches {@code start}; files that are in a new folder already count as saved. */
    private void add(Path start, Set<Path> files) throws IOException {
        Files.walkFileTree(
                start,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        boolean wanted = folder.equals(start) || (deep && isOurs(folder));
                        if (wanted) {
                            register(folder);
                        }
                        return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (isOurs(file)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException e) {
                        return FileVisitResult.CONTINUE; // a folder that went away meanwhile
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void register(Path folder) throws IOException {
        WatchKey key =
                folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
        folders.put(key, folder);
    }
}
