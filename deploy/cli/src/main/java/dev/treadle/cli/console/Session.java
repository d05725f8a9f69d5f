package dev.treadle.cli.console;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** One run of the command: where it writes and what surrounds it. */
public record Session(Console console, Environment environment) {
    /** That of this process. */
    @SuppressWarnings("SystemConsoleNull")
    public static Session ofProcess() {
        // null where input comes from elsewhere, still
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean colour =
                terminal
                        && System.getenv("NO_COLOR") == null
                        && !"dumb".equals(System.getenv("TERM"));
        Environment environment =
                new Environment(
                        System.getenv(),
                        Path.of("").toAbsolutePath(),
                        Path.of(System.getProperty("user.home")),
                        Optional.ofNullable(System.getProperty("treadle.home")).map(Path::of),
                        InstantSource.system());
        return new Session(
                new Console(System.in, System.out, System.err, terminal, colour), environment);
    }
}
