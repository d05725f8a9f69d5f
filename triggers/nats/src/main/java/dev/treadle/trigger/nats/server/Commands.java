package dev.treadle.trigger.nats.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs, to their end or to a time limit. */
final class Commands {
    private static final int OUTPUT_TAIL = 400;

    private Commands() {}

    /** A program that is on the {@code PATH} or in one of the other folders. */
    static Optional<Path> find(String name, Path... others) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator))
                                .filter(folder -> !folder.isBlank())
                                .map(Path::of),
                        Stream.of(others))
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * What the program printed.
     *
     * @throws IOException when it failed, or did not end in time
     */
    static String run(Path folder, Duration limit, Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output-", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "`%s` did not end within %d s"
                                .formatted(String.join(" ", command), limit.toSeconds()));
            }
            String text = Files.readString(output).strip();
            if (process.exitValue() != 0) {
                throw new IOException(
                        "`%s` failed: %s".formatted(String.join(" ", command), tail(text)));
            }
            return text;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    private static String tail(String text) {
        return text.length() <= OUTPUT_TAIL
                ? text
                : "…" + text.substring(text.length() - OUTPUT_TAIL);
    }
}
