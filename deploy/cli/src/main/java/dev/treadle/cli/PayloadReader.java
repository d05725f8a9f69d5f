package dev.treadle.cli;

import dev.treadle.cli.console.Failure;
import dev.treadle.cli.console.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads payloads from the command line, files and standard input. */
final class PayloadReader {
    private final Session session;

    PayloadReader(Session session) {
        this.session = session;
    }

    /** Text as it stands, {@code @FILE} or {@code @-}. */
    Payload data(String text) throws IOException {
        return Payload.guessed(bytes(text));
    }

    /** The same without a look at what it is. */
    byte[] bytes(String text) throws IOException {
        return text.startsWith("@")
                ? read(text.substring(1))
                : text.getBytes(StandardCharsets.UTF_8);
    }

    /** A CloudEvent in structured mode: {@code FILE} or {@code @FILE}, {@code -} or {@code @-}. */
    Payload event(String file) throws IOException {
        byte[] event = read(file.startsWith("@") ? file.substring(1) : file);
        return new Payload(event, "application/cloudevents+json");
    }

    private byte[] read(String file) throws IOException {
        if (file.equals("-")) {
            return session.console().in().readAllBytes();
        }
        Path path = session.environment().resolve(file);
        if (!Files.exists(path)
                || Files.isDirectory(path)) { // a pipe of the shell is no regular file
            throw Failure.notFound(
                    file + " is not there",
                    "@FILE stands for what is in a file, @- for standard input; --event takes a file.",
                    "ls " + session.environment().show(folder(path)));
        }
        return Files.readAllBytes(path);
    }

    private static Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
