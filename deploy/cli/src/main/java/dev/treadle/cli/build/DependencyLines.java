package dev.treadle.cli.build;

import dev.treadle.cli.console.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the {@code //DEPS group:artifact:version} lines of sources. */
final class DependencyLines {
    private static final String MARK = "//DEPS ";

    private DependencyLines() {}

    /** Each one once, in the order of files and lines; the API is left out. */
    static List<Coordinates> read(List<Path> sources) {
        Set<Coordinates> all = new LinkedHashSet<>();
        sources.forEach(source -> addFrom(source, all));
        return all.stream().filter(one -> !one.isApi()).toList();
    }

    private static void addFrom(Path source, Set<Coordinates> all) {
        try (BufferedReader reader = Files.newBufferedReader(source)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.startsWith(MARK)) {
                    int at = number;
                    words(line).map(word -> parse(word, source, at)).forEach(all::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> words(String line) {
        return Stream.of(line.substring(MARK.length()).split("[\\s,]+"))
                .filter(word -> !word.isEmpty());
    }

    private static Coordinates parse(String word, Path source, int line) {
        return Coordinates.parse(word)
                .orElseThrow(
                        () ->
                                Failure.failed(
                                        "%s:%d: '%s' names no dependency"
                                                .formatted(source.getFileName(), line, word),
                                        "A //DEPS line holds group:artifact:version, or several with blanks between.",
                                        "//DEPS org.apache.commons:commons-csv:1.14.1"));
    }
}
