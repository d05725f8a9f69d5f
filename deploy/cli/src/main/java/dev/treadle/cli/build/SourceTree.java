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
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a folder that are its author's: nothing hidden, no editor's copies, and no build
 * output directly in a project's folder. Deeper down, {@code build} or {@code out} may be a
 * package.
 */
public final class SourceTree {
    private static final Set<String> OUTPUT = Set.of("target", "build", "out", "node_modules");
    private static final Set<String> ENDS_OF_COPIES =
            Set.of("~", ".swp", ".swx", ".swo", ".tmp", ".bak");

    private SourceTree() {}

    /** All files of a project's folder, sorted. */
    public static Stream<Path> ofProject(Path top) throws IOException {
        return walk(top, folder -> !isOutput(top, folder));
    }

    /** All files of a folder that holds nothing but sources, sorted. */
    public static Stream<Path> under(Path folder) throws IOException {
        return walk(folder, _ -> true);
    }

    private static Stream<Path> walk(Path top, Predicate<Path> wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                top,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        return directory.equals(top)
                                        || (isAuthors(directory) && wanted.test(directory))
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (isAuthors(file)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files.stream().sorted();
    }

    /** Whether {@code path} is, or lies in, a folder that build tools write to. */
    public static boolean isOutput(Path top, Path path) {
        return !path.equals(top)
                && path.startsWith(top)
                && OUTPUT.contains(top.relativize(path).getName(0).toString());
    }

    /** Whether the last part of {@code path} is neither hidden nor an editor's copy. */
    public static boolean isAuthors(Path path) {
        String name = String.valueOf(path.getFileName());
        return !name.startsWith(".")
                && !name.startsWith("#")
                && ENDS_OF_COPIES.stream().noneMatch(name::endsWith);
    }
}
