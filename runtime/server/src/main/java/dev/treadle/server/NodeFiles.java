package dev.treadle.server;

import dev.treadle.server.admin.NodeInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a running node leaves for the command line to find it: {@code node.json} and the token in
 * its data folder, and the token once more in the owner's home, by address, so that the command
 * line works from any folder.
 */
final class NodeFiles {
    static final String TOKEN = "admin.token";
    private static final String NODE = "node.json";

    private NodeFiles() {}

    static void write(Path data, NodeInfo node, AdminToken token) throws IOException {
        OwnerFiles.write(
                data.resolve(NODE),
                "{\"adminUrl\":\"%s\",\"httpUrl\":\"%s\",\"pid\":%d}%n"
                        .formatted(node.adminUrl(), node.httpUrl(), ProcessHandle.current().pid()));
        OwnerFiles.write(tokenAtHome(node), token.text() + "\n");
    }

    static void remove(Path data, NodeInfo node) {
        try {
            Files.deleteIfExists(data.resolve(NODE));
            Files.deleteIfExists(tokenAtHome(node));
        } catch (IOException e) {
            System.getLogger(NodeFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "the node's files could not be removed", e);
        }
    }

    private static Path tokenAtHome(NodeInfo node) {
        URI admin = URI.create(node.adminUrl());
        return Path.of(System.getProperty("user.home", "."))
                .resolve(".treadle")
                .resolve("tokens")
                .resolve(admin.getHost() + "_" + admin.getPort());
    }
}
