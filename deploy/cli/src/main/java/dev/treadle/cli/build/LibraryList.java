package dev.treadle.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what Maven's {@code dependency:list} writes when asked for file names. */
final class LibraryList {
    /**
     * {@code group:artifact:type[:classifier]:version:scope:/path/to.jar}, and remarks behind it.
     */
    private static final Pattern LINE =
            Pattern.compile(
                    "\\s*([^:\\s]+):([^:\\s]+):jar(?::[^:\\s]+)?:[^:\\s]+:([a-z]+)"
                            + ":(.+\\.jar)(?: \\(optional\\))?\\s*(?: -- module .*)?");

    private LibraryList() {}

    /** The arguments that make Maven write {@code file}. */
    static List<String> arguments(Path file) {
        return List.of(
                Maven.LIST_DEPENDENCIES,
                "-DoutputAbsoluteArtifactFilename=true",
                "-DoutputFile=" + file.toAbsolutePath());
    }

    static List<Library> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().flatMap(line -> parse(line).stream()).toList();
    }

    private static Optional<Library> parse(String line) {
        Matcher form = LINE.matcher(line);
        return form.matches()
                ? Optional.of(
                        new Library(
                                form.group(1),
                                form.group(2),
                                form.group(3),
                                Path.of(form.group(4))))
                : Optional.empty();
    }
}
