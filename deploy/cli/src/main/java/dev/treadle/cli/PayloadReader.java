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
        return Payload.guessed(
                text.startsWith("@")
                        ? read(text.substring(1))
                        : text.getBytes(StandardCharsets.UTF_8));
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
        if (!Files.isRegularFile(path)) {
            throw Failure.notFound(
                    file + " is not there",
                    "--data takes text, @FILE or @- (standard input); --event takes a file.",
                    "treadle invoke NAME --data '{\"name\":\"Ada\"}'");
        }
        return Files.readAllBytes(path);
    }
}
