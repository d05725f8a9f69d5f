package dev.treadle.trigger.nats.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A nats-server program on this machine that runs. */
public record NatsBinary(Path path, ServerVersion version) {
    private static final String NAME = "nats-server";
    private static final Duration VERSION_MAX = Duration.ofSeconds(10);

    /**
     * The one that is here: on the {@code PATH}, where we put it, or where Debian, Homebrew and Go
     * put it.
     */
    public static Optional<NatsBinary> find() throws InterruptedException {
        Path home = Path.of(System.getProperty("user.home", "."));
        Optional<Path> file =
                Commands.find(
                        NAME,
                        home.resolve(".treadle/bin"),
                        Path.of("/usr/sbin"),
                        Path.of("/usr/local/bin"),
                        Path.of("/opt/homebrew/bin"),
                        home.resolve("go/bin"));
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(at(file.get()));
        } catch (IOException e) {
            System.getLogger(NatsBinary.class.getName())
                    .log(System.Logger.Level.WARNING, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The program at a path.
     *
     * @throws IOException when it does not run here, or is something else
     */
    public static NatsBinary at(Path file) throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        String printed = Commands.run(folder, VERSION_MAX, Map.of(), file.toString(), "--version");
        return new NatsBinary(
                file,
                ServerVersion.parse(printed)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "%s says '%s', which is no version of nats-server"
                                                        .formatted(file, printed))));
    }
}
