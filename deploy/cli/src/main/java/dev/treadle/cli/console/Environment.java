package dev.treadle.cli.console;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What surrounds the process.
 *
 * @param variables environment variables
 * @param directory the current directory
 * @param home the user's home
 * @param treadleHome where the distribution is, with {@code lib} and {@code templates} in it
 * @param clock tells the time
 */
public record Environment(
        Map<String, String> variables,
        Path directory,
        Path home,
        Optional<Path> treadleHome,
        InstantSource clock) {

    /** A variable that is set and not blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** A program as the shell would find it. */
    public Optional<Path> onPath(String program) {
        return Stream.of(variable("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A path as the user wrote it, seen from the current directory. */
    public Path resolve(String path) {
        if (path.equals("~") || path.startsWith("~/")) {
            return home.resolve(path.substring(Math.min(2, path.length()))).normalize();
        }
        return directory.resolve(path).normalize();
    }

    /** A path as it is best shown: relative when it lies below the current directory. */
    public String show(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (absolute.equals(directory)) {
            return ".";
        }
        return absolute.startsWith(directory)
                ? directory.relativize(absolute).toString()
                : absolute.toString();
    }
}
