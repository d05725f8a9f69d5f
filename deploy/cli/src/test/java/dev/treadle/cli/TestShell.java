package dev.treadle.cli;

import dev.treadle.cli.console.Console;
import dev.treadle.cli.console.Environment;
import dev.treadle.cli.console.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs the command in this process, in folders of its own. */
public final class TestShell {
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final Path directory;
    private final Path home;
    private final Map<String, String> variables = new TreeMap<>();
    private Optional<Path> treadleHome = Optional.empty();
    private String input = "";

    /** What became of a run. */
    record Run(int exit, String out, String err) {
        /** The last lines of what was printed. */
        java.util.List<String> lastLines(int count) {
            var lines = out.lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        }
    }

    public TestShell(Path top) throws IOException {
        directory = Files.createDirectories(top.resolve("work"));
        home = Files.createDirectories(top.resolve("home"));
        variables.put("PATH", System.getenv("PATH"));
    }

    public TestShell with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** With the address and token of a node. */
    public TestShell with(TestNode node) {
        return with("TREADLE_SERVER", node.url()).with("TREADLE_TOKEN", TestNode.TOKEN);
    }

    TestShell withTreadleHome(Path folder) {
        treadleHome = Optional.of(folder);
        return this;
    }

    TestShell withInput(String text) {
        input = text;
        return this;
    }

    public Path directory() {
        return directory;
    }

    Path home() {
        return home;
    }

    public Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = new Cli(session(out, err)).run(arguments);
        return new Run(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public Session session(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        Console console =
                new Console(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false);
        Environment environment =
                new Environment(Map.copyOf(variables), directory, home, treadleHome, () -> NOW);
        return new Session(console, environment);
    }
}
