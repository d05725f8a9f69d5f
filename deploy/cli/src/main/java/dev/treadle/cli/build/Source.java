package dev.treadle.cli.build;

import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What can be deployed. */
public sealed interface Source {
    /** One {@code .java} file, compiled on its own. */
    record JavaFile(Path path) implements Source {}

    /** A folder with a {@code pom.xml}. */
    record MavenProject(Path path) implements Source {}

    /** A folder of sources that needs no build tool. */
    record SourceFolder(Path path) implements Source {}

    /** A jar that somebody has built. */
    record Jar(Path path) implements Source {}

    Path path();

    /** Looks what lies at {@code path}. */
    static Source at(Path path, Environment environment) {
        String shown = environment.show(path);
        if (Files.isDirectory(path)) {
            return folder(real(path), shown);
        }
        if (!Files.exists(path)) {
            throw Failure.notFound(
                    shown + " is not there",
                    RULE,
                    "treadle init hello --template http",
                    "treadle deploy hello");
        }
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(".java")) {
            return new JavaFile(path);
        }
        if (name.endsWith(".jar")) {
            return new Jar(path);
        }
        throw Failure.usage(shown + " is neither a .java file, a folder nor a jar", RULE, TRY);
    }

    /** What holds for every path. */
    String RULE =
            "PATH is a .java file, a folder with a pom.xml, a folder of .java files, or a jar.";

    /** A line that shows it. */
    String TRY = "treadle deploy Hello.java";

    private static Source folder(Path path, String shown) {
        if (Files.isRegularFile(path.resolve("pom.xml"))) {
            return new MavenProject(path);
        }
        if (hasSources(path)) {
            return new SourceFolder(path);
        }
        throw Failure.usage(
                "folder %s has no pom.xml and no .java file".formatted(shown),
                RULE,
                "treadle init hello --template http",
                TRY);
    }

    /** A folder that is named by a link: a walk through it would end at the link. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasSources(Path path) {
        try (Stream<Path> files = SourceTree.ofProject(path)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
