package dev.treadle.cli.admin;

import dev.treadle.cli.console.Documents;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a running node leaves in its data folder: {@code node.json} and {@code admin.token}. */
public record NodeFile(Path data, URI adminUrl, long pid) {
    private static final String NAME = "node.json";
    private static final String TOKEN = "admin.token";

    /** The node that keeps its data in {@code data}, when it is running. */
    public static Optional<NodeFile> running(Path data) {
        return read(data).filter(node -> isAlive(node.pid()));
    }

    public Path token() {
        return data.resolve(TOKEN);
    }

    private static Optional<NodeFile> read(Path data) {
        try {
            JsonNode node = Documents.parse(Files.readAllBytes(data.resolve(NAME)));
            String url = node.path("adminUrl").asString("");
            return url.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new NodeFile(data, URI.create(url), node.path("pid").asLong(-1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            return Optional.empty(); // unreadable or half there: as good as no node
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
