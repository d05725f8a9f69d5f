package dev.treadle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The source tree that these tests belong to. */
final class Repository {
    private static final Set<String> NOT_SOURCES =
            Set.of(".git", ".idea", ".vscode", ".treadle", "target");

    private final Path top;

    private Repository(Path top) {
        this.top = top;
    }

    /** Looks upwards from the folder of this module, where Maven runs its tests. */
    static Repository find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("treadle"))
                || !Files.isDirectory(folder.resolve("functions"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "not inside the source tree: " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return new Repository(folder);
    }

    Path top() {
        return top;
    }

    Path path(String relative) {
        return top.resolve(relative);
    }

    String read(String relative) {
        return read(path(relative));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String relative(Path file) {
        return top.relativize(file).toString().replace('\\', '/');
    }

    /** The folders at the top that hold modules or templates. */
    List<Path> topFolders() {
        try (Stream<Path> entries = Files.list(top)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .filter(folder -> !NOT_SOURCES.contains(folder.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All source files with one of these endings, e.g. {@code .java}. */
    List<Path> files(String... endings) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(top, new Walk(found, List.of(endings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final List<Path> found;
        private final List<String> endings;

        Walk(List<Path> found, List<String> endings) {
            this.found = found;
            this.endings = endings;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_SOURCES.contains(folder.getFileName().toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && endings.stream().anyMatch(file.toString()::endsWith)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
