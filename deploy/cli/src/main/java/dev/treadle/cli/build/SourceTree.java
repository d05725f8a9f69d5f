package dev.treadle.cli.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a folder that are its author's: no build output, nothing hidden, no editor's copies.
 */
public final class SourceTree {
    private static final Set<String> FOLDERS_OF_TOOLS =
            Set.of("target", "build", "out", "node_modules");
    private static final Set<String> ENDS_OF_COPIES =
            Set.of("~", ".swp", ".swx", ".swo", ".tmp", ".bak");

    private SourceTree() {}

    /** All files, sorted. */
    public static Stream<Path> under(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        return directory.equals(folder) || isOurs(directory)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (isOurs(file)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files.stream().sorted();
    }

    /** Whether the last part of {@code path} is of interest. */
    public static boolean isOurs(Path path) {
        String name = String.valueOf(path.getFileName());
        return !name.startsWith(".")
                && !name.startsWith("#")
                && !FOLDERS_OF_TOOLS.contains(name)
                && ENDS_OF_COPIES.stream().noneMatch(name::endsWith);
    }
}
